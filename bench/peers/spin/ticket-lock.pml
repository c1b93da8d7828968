/* A ticket lock at the granularity of specs/ticket-lock.ts. `inside` counts who is in the critical section, for the assertion. */
#ifndef N
#define N 3
#endif
byte nextTicket;
byte called;
byte inside;

active [N] proctype process()
{
  byte mine;
  do
  :: d_step { mine = nextTicket; nextTicket = (nextTicket + 1) % N };
     atomic { called == mine -> inside = inside + 1; assert(inside == 1) };
     inside = inside - 1;
     called = (called + 1) % N
  od
}
