//! Two-phase commit at the granularity of specs/two-phase-commit.ts; sets are masks.

use stateright::{Model, Property};

pub struct TwoPhaseCommit<const N: usize>;

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub enum Manager { Working, Prepared, Committed, Aborted }

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub enum Coordinator { Init, Committed, Aborted }

#[derive(Clone, Debug, Hash, PartialEq)]
pub struct State<const N: usize> {
    rm: [Manager; N],
    tm: Coordinator,
    heard: u16,
    said_prepared: u16,
    said_commit: bool,
    said_abort: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action { Commit, Abort, Receive(u8), Prepare(u8), ChooseAbort(u8), ManagerCommits(u8), ManagerAborts(u8) }

impl<const N: usize> Model for TwoPhaseCommit<N> {
    type State = State<N>;
    type Action = Action;

    fn init_states(&self) -> Vec<State<N>> {
        vec![State {
            rm: [Manager::Working; N],
            tm: Coordinator::Init,
            heard: 0,
            said_prepared: 0,
            said_commit: false,
            said_abort: false,
        }]
    }

    fn actions(&self, state: &State<N>, actions: &mut Vec<Action>) {
        if state.tm == Coordinator::Init {
            if state.heard == (1 << N) - 1 {
                actions.push(Action::Commit);
            }
            actions.push(Action::Abort);
        }
        for i in 0..N as u8 {
            if state.tm == Coordinator::Init && state.said_prepared >> i & 1 == 1 {
                actions.push(Action::Receive(i));
            }
            if state.rm[i as usize] == Manager::Working {
                actions.push(Action::Prepare(i));
                actions.push(Action::ChooseAbort(i));
            }
            if state.said_commit {
                actions.push(Action::ManagerCommits(i));
            }
            if state.said_abort {
                actions.push(Action::ManagerAborts(i));
            }
        }
    }

    fn next_state(&self, state: &State<N>, action: Action) -> Option<State<N>> {
        let mut next = state.clone();
        match action {
            Action::Commit => { next.tm = Coordinator::Committed; next.said_commit = true }
            Action::Abort => { next.tm = Coordinator::Aborted; next.said_abort = true }
            Action::Receive(i) => next.heard |= 1 << i,
            Action::Prepare(i) => { next.rm[i as usize] = Manager::Prepared; next.said_prepared |= 1 << i }
            Action::ChooseAbort(i) | Action::ManagerAborts(i) => next.rm[i as usize] = Manager::Aborted,
            Action::ManagerCommits(i) => next.rm[i as usize] = Manager::Committed,
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("consistent", |_, state: &State<N>| {
            !(state.rm.contains(&Manager::Committed) && state.rm.contains(&Manager::Aborted))
        })]
    }
}
