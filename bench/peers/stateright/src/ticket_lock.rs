//! A ticket lock at the granularity of specs/ticket-lock.ts.

use stateright::{Model, Property};

pub struct TicketLock<const N: usize>;

#[derive(Clone, Debug, Hash, PartialEq)]
pub struct State<const N: usize> {
    next_ticket: u8,
    called: u8,
    mine: [u8; N],
    /// 0 take, 1 wait, 2 critical, 3 leave.
    point: [u8; N],
}

impl<const N: usize> Model for TicketLock<N> {
    type State = State<N>;
    type Action = u8;

    fn init_states(&self) -> Vec<State<N>> {
        vec![State { next_ticket: 0, called: 0, mine: [0; N], point: [0; N] }]
    }

    fn actions(&self, state: &State<N>, actions: &mut Vec<u8>) {
        for i in 0..N {
            if state.point[i] != 1 || state.mine[i] == state.called {
                actions.push(i as u8);
            }
        }
    }

    fn next_state(&self, state: &State<N>, action: u8) -> Option<State<N>> {
        let i = action as usize;
        let mut next = state.clone();
        next.point[i] = (state.point[i] + 1) % 4;
        match state.point[i] {
            0 => { next.mine[i] = state.next_ticket; next.next_ticket = (state.next_ticket + 1) % N as u8 }
            3 => next.called = (state.called + 1) % N as u8,
            _ => {}
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("mutual exclusion", |_, state: &State<N>| {
            state.point.iter().filter(|point| **point == 2).count() <= 1
        })]
    }
}
