/**
 * Formulas whose automata have published sizes: states of a state-based Büchi automaton for the formula and for its
 * negation, as Spot 2 makes them (where known).
 *
 * Sources: patterns of Dwyer, Avrunin and Corbett 1998, doi:10.1145/298595.298598 (d1 … d55, in the order of their
 * table: absence, universality, existence and so on, each globally, before, after, between and after-until); formulas of
 * Etessami and Holzmann 2000, doi:10.1007/3-540-44618-4_13 (eh), and of Somenzi and Bloem 2000,
 * doi:10.1007/10722167_21 (sb).
 */

export interface Published {
  readonly id: string
  readonly formula: string
  /** Sizes for the formula and for its negation. */
  readonly spot: readonly [number, number] | null
}

const row = (id: string, formula: string, ...spot: readonly number[]): Published => {
  const [positive, negative] = spot
  return { id, formula, spot: positive === undefined || negative === undefined ? null : [positive, negative] }
}

export const published: readonly Published[] = [
  row('d1', 'G!p0', 1, 2),
  row('d2', 'Fp0 -> (!p1 U p0)'),
  row('d3', 'G(p0 -> G!p1)', 2, 3),
  row('d4', 'G((p0 & !p1 & Fp1) -> (!p2 U p1))'),
  row('d5', 'G((p0 & !p1) -> (!p2 W p1))', 2, 3),
  row('d6', 'Fp0'),
  row('d7', '!p0 W (p1 & !p0)', 2, 2),
  row('d8', 'G!p0 | F(p0 & Fp1)'),
  row('d9', 'G((p0 & !p1) -> (!p1 W (p2 & !p1)))', 2, 3),
  row('d10', 'G((p0 & !p1) -> (!p1 U (p2 & !p1)))'),
  row('d11', '!p0 W (p0 W (!p0 W (p0 W G!p0)))', 5, 6),
  row(
    'd12',
    'Fp0 -> ((!p0 & !p1) U (p0 | ((!p0 & p1) U (p0 | ((!p0 & !p1) U (p0 | ((!p0 & p1) U (p0 | (!p1 U p0)))))))))',
  ),
  row('d13', 'Fp0 -> (!p0 U (p0 & (!p1 W (p1 W (!p1 W (p1 W G!p1))))))', 6, 7),
  row(
    'd14',
    'G((p0 & Fp1) -> ((!p1 & !p2) U (p1 | ((!p1 & p2) U (p1 | ((!p1 & !p2) U (p1 | ((!p1 & p2) U (p1 | (!p2 U p1))))))))))',
  ),
  row(
    'd15',
    'G(p0 -> ((!p1 & !p2) U (p2 | ((p1 & !p2) U (p2 | ((!p1 & !p2) U (p2 | ((p1 & !p2) U (p2 | (!p1 W p2) | Gp1)))))))))',
    6,
    7,
  ),
  row('d16', 'Gp0'),
  row('d17', 'Fp0 -> (p1 U p0)', 3, 3),
  row('d18', 'G(p0 -> Gp1)'),
  row('d19', 'G((p0 & !p1 & Fp1) -> (p2 U p1))', 3, 4),
  row('d20', 'G((p0 & !p1) -> (p2 W p1))'),
  row('d21', '!p0 W p1', 2, 2),
  row('d22', 'Fp0 -> (!p1 U (p2 | p0))'),
  row('d23', 'G!p0 | F(p0 & (!p1 W p2))', 5, 3),
  row('d24', 'G((p0 & !p1 & Fp1) -> (!p2 U (p3 | p1)))'),
  row('d25', 'G((p0 & !p1) -> (!p2 W (p3 | p1)))', 2, 3),
  row('d26', 'G(p0 -> Fp1)'),
  row('d27', 'Fp0 -> ((p1 -> (!p0 U (p2 & !p0))) U p0)', 3, 3),
  row('d28', 'G(p0 -> G(p1 -> Fp2))'),
  row('d29', 'G((p0 & !p1 & Fp1) -> ((p2 -> (!p1 U (p3 & !p1))) U p1))', 3, 4),
  row('d30', 'G((p0 & !p1) -> ((p2 -> (!p1 U (p3 & !p1))) W p1))'),
  row('d31', 'Fp0 -> (!p0 U (p1 & !p0 & X(!p0 U p2)))', 3, 3),
  row('d32', 'Fp0 -> (!p1 U (p0 | (p2 & !p1 & X(!p1 U p3))))'),
  row('d33', 'G!p0 | (!p0 U ((p0 & Fp1) -> (!p1 U (p2 & !p1 & X(!p1 U p3)))))', 4, 4),
  row('d34', 'G((p0 & Fp1) -> (!p2 U (p1 | (p3 & !p2 & X(!p2 U p4)))))'),
  row('d35', 'G(p0 -> (Fp1 -> (!p1 U (p2 | (p3 & !p1 & X(!p1 U p4))))))', 3, 4),
  row('d36', 'F(p0 & XFp1) -> (!p0 U p2)'),
  row('d37', 'Fp0 -> (!(p1 & !p0 & X(!p0 U (p2 & !p0))) U (p0 | p3))', 4, 4),
  row('d38', 'G!p0 | (!p0 U (p0 & (F(p1 & XFp2) -> (!p1 U p3))))'),
  row('d39', 'G((p0 & Fp1) -> (!(p2 & !p1 & X(!p1 U (p3 & !p1))) U (p1 | p4)))', 4, 5),
  row('d40', 'G(p0 -> ((!(p1 & !p2 & X(!p2 U (p3 & !p2))) U (p2 | p4)) | G!(p1 & XFp3)))'),
  row('d41', 'G((p0 & XFp1) -> XF(p1 & Fp2))', 4, 3),
  row('d42', 'Fp0 -> (((p1 & X(!p0 U p2)) -> X(!p0 U (p2 & Fp3))) U p0)'),
  row('d43', 'G(p0 -> G((p1 & XFp2) -> XF(p2 & Fp3)))', 5, 4),
  row('d44', 'G((p0 & Fp1) -> (((p2 & X(!p1 U p3)) -> X(!p1 U (p3 & Fp4))) U p1))'),
  row(
    'd45',
    'G(p0 -> (((p1 & X(!p2 U p3)) -> X(!p2 U (p3 & Fp4))) U (p2 | G((p1 & X(!p2 U p3)) -> X(!p2 U (p3 & Fp4))))))',
    9,
    4,
  ),
  row('d46', 'G(p0 -> F(p1 & XFp2))'),
  row('d47', 'Fp0 -> ((p1 -> (!p0 U (p2 & !p0 & X(!p0 U p3)))) U p0)', 4, 4),
  row('d48', 'G(p0 -> G(p1 -> (p2 & XFp3)))'),
  row('d49', 'G((p0 & Fp1) -> ((p2 -> (!p1 U (p3 & !p1 & X(!p1 U p4)))) U p1))', 4, 5),
  row('d50', 'G(p0 -> ((p1 -> (!p2 U (p3 & !p2 & X(!p2 U p4)))) U (p2 | G(p1 -> (p3 & XFp4)))))'),
  row('d51', 'G(p0 -> F(p1 & !p2 & X(!p2 U p3)))', 5, 3),
  row('d52', 'Fp0 -> ((p1 -> (!p0 U (p2 & !p0 & !p3 & X((!p0 & !p3) U p4)))) U p0)'),
  row('d53', 'G(p0 -> G(p1 -> (p2 & !p3 & X(!p3 U p4))))', 4, 4),
  row('d54', 'G((p0 & Fp1) -> ((p2 -> (!p1 U (p3 & !p1 & !p4 & X((!p1 & !p4) U p5)))) U p1))'),
  row(
    'd55',
    'G(p0 -> ((p1 -> (!p2 U (p3 & !p2 & !p4 & X((!p2 & !p4) U p5)))) U (p2 | G(p1 -> (p3 & !p4 & X(!p4 U p5))))))',
    7,
    13,
  ),
  row('eh1', 'p0 U (p1 & Gp2)', 2, 4),
  row('eh3', 'p0 U (p1 & X(p2 & F(p3 & XF(p4 & XF(p5 & XFp6)))))', 7, 8),
  row('eh5', 'F(p0 & X(p1 & XFp2))', 4, 3),
  row('eh7', 'FGp0 | GFp1', 4, 3),
  row('eh9', 'G(p0 & XF(p1 & XF(p2 & XFp3)))', 4, 5),
  row('eh11', '(p0 U (p1 U p2)) | (p1 U (p2 U p0)) | (p2 U (p0 U p1))', 2, 2),
  row('sb1', 'p0 U p1', 2, 2),
  row('sb3', '!(p0 U (p1 U p2))', 3, 3),
  row('sb5', 'Fp0 U Gp1', 3, 3),
  row('sb7', '!(Fp0 <-> Fp1)', 3, 4),
  row('sb9', '!(GFp0 <-> GFp1)', 5, 5),
  row('sb11', '(Xp0 U Xp1) | !X(p0 U p1)', 1, 1),
  row('sb13', 'G(p0 -> Fp1) & ((Xp0 U p1) | !X(p0 U (p0 & p1)))', 2, 2),
  row('sb15', 'G(p0 -> Fp1)', 2, 2),
  row('sb17', '!(FGp0 | FGp1)', 3, 3),
  row('sb19', 'Fp0 & F!p0', 4, 3),
  row('sb21', 'Gp2 | Gp0 | (G(p0 | GFp1) & G(p2 | GF!p1))', 6, 6),
  row('sb23', '!(Gp2 | Gp0 | (G(p0 | GFp1) & G(p2 | GF!p1)))', 6, 6),
  row('sb25', 'G(p0 | XGp1) & G(p2 | XG!p1)', 3, 4),
  row('sb27', 'p0 | (p1 U p0)', 2, 2),
]
