//! Single-decree Paxos at the granularity of specs/paxos.ts: three acceptors, two values, N ballots.
//! An acceptor promises once in a ballot, and a ballot has one proposal, so messages are elements of arrays.

use stateright::{Model, Property};

pub struct Paxos<const N: usize>;

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub struct Vote { ballot: u8, value: u8 }

#[derive(Clone, Debug, Hash, PartialEq)]
pub struct State<const N: usize> {
    promised: [Option<u8>; 3],
    vote: [Option<Vote>; 3],
    prepare: [bool; N],
    promise: [[Option<Option<Vote>>; N]; 3],
    proposed: [Option<u8>; N],
    accepted: [[bool; N]; 3],
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action { Prepare(u8), Promise(u8, u8), Propose(u8, u8), Accept(u8, u8) }

/// Of two promises: nobody had voted, or the later vote was for this value.
fn lets(one: Option<Option<Vote>>, other: Option<Option<Vote>>, value: u8) -> bool {
    match (one, other) {
        (Some(None), Some(None)) => true,
        (Some(one), Some(other)) => {
            let latest = one.map(|vote| vote.ballot).max(other.map(|vote| vote.ballot));
            [one, other].iter().flatten().any(|vote| vote.value == value && Some(vote.ballot) == latest)
        }
        _ => false,
    }
}

impl<const N: usize> State<N> {
    fn may_propose(&self, b: usize, value: u8) -> bool {
        let told = |a: usize| self.promise[a][b];
        self.proposed[b].is_none()
            && (lets(told(0), told(1), value) || lets(told(0), told(2), value) || lets(told(1), told(2), value))
    }

    fn is_chosen(&self, value: u8) -> bool {
        (0..N).any(|b| self.proposed[b] == Some(value) && (0..3).filter(|a| self.accepted[*a][b]).count() >= 2)
    }
}

impl<const N: usize> Model for Paxos<N> {
    type State = State<N>;
    type Action = Action;

    fn init_states(&self) -> Vec<State<N>> {
        vec![State {
            promised: [None; 3],
            vote: [None; 3],
            prepare: [false; N],
            promise: [[None; N]; 3],
            proposed: [None; N],
            accepted: [[false; N]; 3],
        }]
    }

    fn actions(&self, state: &State<N>, actions: &mut Vec<Action>) {
        for b in 0..N as u8 {
            actions.push(Action::Prepare(b));
            for value in 0..2 {
                if state.may_propose(b as usize, value) {
                    actions.push(Action::Propose(b, value));
                }
            }
            for a in 0..3u8 {
                let promised = state.promised[a as usize];
                if state.prepare[b as usize] && promised < Some(b) {
                    actions.push(Action::Promise(a, b));
                }
                if state.proposed[b as usize].is_some() && promised <= Some(b) {
                    actions.push(Action::Accept(a, b));
                }
            }
        }
    }

    fn next_state(&self, state: &State<N>, action: Action) -> Option<State<N>> {
        let mut next = state.clone();
        match action {
            Action::Prepare(b) => next.prepare[b as usize] = true,
            Action::Propose(b, value) => next.proposed[b as usize] = Some(value),
            Action::Promise(a, b) => {
                next.promised[a as usize] = Some(b);
                next.promise[a as usize][b as usize] = Some(state.vote[a as usize]);
            }
            Action::Accept(a, b) => {
                next.promised[a as usize] = Some(b);
                next.vote[a as usize] = state.proposed[b as usize].map(|value| Vote { ballot: b, value });
                next.accepted[a as usize][b as usize] = true;
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("at most one value is chosen", |_, state: &State<N>| {
            !(state.is_chosen(0) && state.is_chosen(1))
        })]
    }
}
