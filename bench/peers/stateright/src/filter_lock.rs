//! Peterson's filter lock at the granularity of specs/filter-lock.ts.

use stateright::{Model, Property};

pub struct FilterLock<const N: usize>;

#[derive(Clone, Debug, Hash, PartialEq)]
pub struct State<const N: usize> {
    level: [u8; N],
    victim: [u8; N],
    l: [u8; N],
    point: [u8; N],
}

impl<const N: usize> State<N> {
    fn may_pass(&self, i: usize) -> bool {
        let l = self.l[i];
        self.victim[l as usize] as usize != i || (0..N).all(|k| k == i || self.level[k] < l)
    }
}

impl<const N: usize> Model for FilterLock<N> {
    type State = State<N>;
    type Action = u8;

    fn init_states(&self) -> Vec<State<N>> {
        vec![State { level: [0; N], victim: [0; N], l: [0; N], point: [0; N] }]
    }

    fn actions(&self, state: &State<N>, actions: &mut Vec<u8>) {
        for i in 0..N {
            if state.point[i] != 4 || state.may_pass(i) {
                actions.push(i as u8);
            }
        }
    }

    fn next_state(&self, state: &State<N>, action: u8) -> Option<State<N>> {
        let i = action as usize;
        let mut next = state.clone();
        let l = state.l[i];
        next.point[i] = match state.point[i] {
            0 => { next.l[i] = 1; 1 }
            1 => if (l as usize) < N { 2 } else { 6 },
            2 => { next.level[i] = l; 3 }
            3 => { next.victim[l as usize] = action; 4 }
            4 => 5,
            5 => { next.l[i] = l + 1; 1 }
            _ => { next.level[i] = 0; 0 }
        };
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("mutual exclusion", |_, state: &State<N>| {
            state.point.iter().filter(|point| **point == 6).count() <= 1
        })]
    }
}
