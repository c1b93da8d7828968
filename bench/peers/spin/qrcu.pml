/* QRCU at the granularity of specs/qrcu.ts, N readers and two updaters: one transition for each step there. */
#ifndef N
#define N 2
#endif
bit index = 0;
byte counter[2] = { 1, 0 };
byte reading = 0; /* a bit for each reader */
bit mutex = 0;

active [N] proctype reader()
{
  bit mine = 0;
again:
  mine = index;
  if
  :: atomic { counter[mine] > 0; counter[mine]++ }
  :: counter[mine] == 0 -> goto again
  fi;
  reading = reading | (1 << _pid);
  reading = reading & ~(1 << _pid);
  counter[mine]--;
end: false
}

#define ADD_UP \
  if \
  :: atomic { sum = counter[0]; unread = 1 } \
  :: atomic { sum = counter[1]; unread = 0 } \
  fi; \
  sum = sum + counter[unread]

active [2] proctype updater()
{
  byte before = 0;
  byte sum = 0;
  bit unread = 0;
  before = reading;
  ADD_UP;
  if
  :: sum <= 1 -> ADD_UP
  :: sum > 1
  fi;
  if
  :: sum > 1 ->
    atomic { mutex == 0; mutex = 1 };
    counter[1 - index]++;
    index = 1 - index;
    counter[1 - index]--;
    counter[1 - index] == 0;
    mutex = 0
  :: sum <= 1
  fi;
  assert((before & reading) == 0);
end: false
}
