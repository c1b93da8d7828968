//! Termination detection in a ring, EWD 840, at the granularity of specs/ewd840.ts; sets of nodes are masks.

use stateright::{Model, Property};

pub struct Ewd840<const N: usize>;

#[derive(Clone, Debug, Hash, PartialEq)]
pub struct State {
    active: u16,
    black: u16,
    position: u8,
    is_token_black: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action { InitiateProbe, PassToken, Send(u8, u8), Deactivate(u8) }

fn has(set: u16, i: u8) -> bool {
    set >> i & 1 == 1
}

impl<const N: usize> Model for Ewd840<N> {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let subsets = 1u16 << N;
        (0..N as u8)
            .flat_map(|position| {
                (0..subsets).flat_map(move |active| {
                    (0..subsets).map(move |black| State { active, black, position, is_token_black: true })
                })
            })
            .collect()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let at = state.position;
        if at == 0 {
            if state.is_token_black || has(state.black, 0) {
                actions.push(Action::InitiateProbe);
            }
        } else if !has(state.active, at) || has(state.black, at) || state.is_token_black {
            actions.push(Action::PassToken);
        }
        for i in (0..N as u8).filter(|i| has(state.active, *i)) {
            for j in (0..N as u8).filter(|j| *j != i) {
                actions.push(Action::Send(i, j));
            }
            actions.push(Action::Deactivate(i));
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        match action {
            Action::InitiateProbe => {
                next.position = N as u8 - 1;
                next.is_token_black = false;
                next.black &= !1;
            }
            Action::PassToken => {
                next.is_token_black |= has(state.black, state.position);
                next.black &= !(1 << state.position);
                next.position -= 1;
            }
            Action::Send(i, j) => {
                next.active |= 1 << j;
                if j > i {
                    next.black |= 1 << i;
                }
            }
            Action::Deactivate(i) => next.active &= !(1 << i),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("announced means terminated", |_, state: &State| {
            let announced = state.position == 0 && !state.is_token_black && !has(state.black, 0) && !has(state.active, 0);
            !announced || state.active == 0
        })]
    }
}
