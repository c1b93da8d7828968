//! QRCU at the granularity of specs/qrcu.ts: N readers, two updaters; sets of readers are masks.

use stateright::{Model, Property};

pub struct Qrcu<const N: usize>;

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub enum Reads { Look, CountIn, Lock, Unlock, CountOut, Done }

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub enum Updates {
    Note, One, Other, AtMostOne, OneAgain, OtherAgain, More, Lock, Open, Flip, Close, Wait, Unlock, Free, Done,
}

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub struct Reader { mine: u8, at: Reads }

#[derive(Clone, Copy, Debug, Hash, PartialEq)]
pub struct Updater { before: u8, sum: u8, unread: u8, at: Updates }

#[derive(Clone, Debug, Hash, PartialEq)]
pub struct State<const N: usize> {
    index: u8,
    counter: [u8; 2],
    reading: u8,
    mutex: bool,
    readers: [Reader; N],
    updaters: [Updater; 2],
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action { Read(u8), Update(u8), Sum(u8, u8) }

impl<const N: usize> State<N> {
    fn other(&self) -> usize {
        1 - self.index as usize
    }

    fn read(&mut self, r: usize) {
        let Reader { mine, at } = self.readers[r];
        let counter = &mut self.counter[mine as usize];
        self.readers[r].at = match at {
            Reads::Look => { self.readers[r].mine = self.index; Reads::CountIn }
            Reads::CountIn => if *counter > 0 { *counter += 1; Reads::Lock } else { Reads::Look },
            Reads::Lock => { self.reading |= 1 << r; Reads::Unlock }
            Reads::Unlock => { self.reading &= !(1 << r); Reads::CountOut }
            Reads::CountOut => { *counter -= 1; Reads::Done }
            Reads::Done => Reads::Done,
        };
    }

    fn update(&mut self, u: usize) {
        let other = self.other();
        let Updater { sum, unread, at, .. } = self.updaters[u];
        self.updaters[u].at = match at {
            Updates::Note => { self.updaters[u].before = self.reading; Updates::One }
            Updates::Other => { self.updaters[u].sum += self.counter[unread as usize]; Updates::AtMostOne }
            Updates::AtMostOne => if sum <= 1 { Updates::OneAgain } else { Updates::More },
            Updates::OtherAgain => { self.updaters[u].sum += self.counter[unread as usize]; Updates::More }
            Updates::More => if sum > 1 { Updates::Lock } else { Updates::Free },
            Updates::Lock => { self.mutex = true; Updates::Open }
            Updates::Open => { self.counter[other] += 1; Updates::Flip }
            Updates::Flip => { self.index = 1 - self.index; Updates::Close }
            Updates::Close => { self.counter[other] -= 1; Updates::Wait }
            Updates::Wait => Updates::Unlock,
            Updates::Unlock => { self.mutex = false; Updates::Free }
            Updates::Free | Updates::Done => Updates::Done,
            Updates::One | Updates::OneAgain => unreachable!("summed by another action"),
        };
    }

    fn sum(&mut self, u: usize, one: u8) {
        let updater = &mut self.updaters[u];
        updater.sum = self.counter[one as usize];
        updater.unread = 1 - one;
        updater.at = if updater.at == Updates::One { Updates::Other } else { Updates::OtherAgain };
    }
}

impl<const N: usize> Model for Qrcu<N> {
    type State = State<N>;
    type Action = Action;

    fn init_states(&self) -> Vec<State<N>> {
        let updater = Updater { before: 0, sum: 0, unread: 0, at: Updates::Note };
        vec![State {
            index: 0,
            counter: [1, 0],
            reading: 0,
            mutex: false,
            readers: [Reader { mine: 0, at: Reads::Look }; N],
            updaters: [updater; 2],
        }]
    }

    fn actions(&self, state: &State<N>, actions: &mut Vec<Action>) {
        for r in 0..N {
            if state.readers[r].at != Reads::Done {
                actions.push(Action::Read(r as u8));
            }
        }
        for u in 0..2 {
            match state.updaters[u as usize].at {
                Updates::One | Updates::OneAgain => actions.extend([Action::Sum(u, 0), Action::Sum(u, 1)]),
                Updates::Lock if state.mutex => {}
                Updates::Wait if state.counter[state.other()] != 0 => {}
                Updates::Done => {}
                _ => actions.push(Action::Update(u)),
            }
        }
    }

    fn next_state(&self, state: &State<N>, action: Action) -> Option<State<N>> {
        let mut next = state.clone();
        match action {
            Action::Read(r) => next.read(r as usize),
            Action::Update(u) => next.update(u as usize),
            Action::Sum(u, one) => next.sum(u as usize, one),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("no reader loses its data", |_, state: &State<N>| {
            state.updaters.iter().all(|updater| updater.at != Updates::Free || updater.before & state.reading == 0)
        })]
    }
}
