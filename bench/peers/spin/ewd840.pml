/* EWD 840 at the granularity of specs/ewd840.ts; one state more, before the initial ones are chosen. */
#ifndef N
#define N 8
#endif
#define BIT(i) (1 << (i))

short isActive;
short isBlack;
byte position;
bit isTokenBlack;

#define SEND(i, j) \
  :: d_step { i != j && (isActive & BIT(i)) != 0 -> isActive = isActive | BIT(j); \
       if :: (j > i) -> isBlack = isBlack | BIT(i) :: else fi }
#if N == 3
#define SENDS(i) SEND(i, 0) SEND(i, 1) SEND(i, 2)
#elif N == 4
#define SENDS(i) SEND(i, 0) SEND(i, 1) SEND(i, 2) SEND(i, 3)
#else
#define SENDS(i) SEND(i, 0) SEND(i, 1) SEND(i, 2) SEND(i, 3) SEND(i, 4) SEND(i, 5) SEND(i, 6) SEND(i, 7)
#endif

#define NODE(i) \
  :: d_step { i != 0 && position == i && ((isActive & BIT(i)) == 0 || (isBlack & BIT(i)) != 0 || isTokenBlack) -> \
       if :: ((isBlack & BIT(i)) != 0) -> isTokenBlack = 1 :: else fi; \
       isBlack = isBlack & ~BIT(i); position = position - 1 } \
  :: d_step { (isActive & BIT(i)) != 0 -> isActive = isActive & ~BIT(i) } \
  SENDS(i)

active proctype system()
{
  atomic {
    isTokenBlack = 1;
    do
    :: (position < N) ->
       if :: isActive = isActive | BIT(position) :: skip fi;
       if :: isBlack = isBlack | BIT(position) :: skip fi;
       position = position + 1
    :: (position == N) -> break
    od;
    position = 0;
    do
    :: (position < N - 1) -> position = position + 1
    :: break
    od
  }
end:
  do
  :: d_step { position == 0 && (isTokenBlack || (isBlack & 1) != 0) ->
       position = N - 1; isTokenBlack = 0; isBlack = isBlack & ~1 }
  NODE(0)
  NODE(1)
  NODE(2)
#if N > 3
  NODE(3)
#endif
#if N > 4
  NODE(4)
  NODE(5)
  NODE(6)
  NODE(7)
#endif
  od
}

active proctype monitor()
{
end:
  d_step { position == 0 && !isTokenBlack && (isBlack & 1) == 0 && (isActive & 1) == 0 && isActive != 0 -> assert(false) }
}
