//! The bench's models for Stateright: `peer <model> <size>` explores one of them with one thread, breadth first.

mod ewd840;
mod filter_lock;
mod paxos;
mod qrcu;
mod ticket_lock;
mod two_phase_commit;

use stateright::{Checker, Model};
use std::{fmt::Debug, hash::Hash, time::Instant};

fn explore<M>(model: M)
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + Debug + PartialEq + Send + Sync + 'static,
{
    let start = Instant::now();
    let checker = model.checker().threads(1).spawn_bfs().join();
    println!(
        "distinct {} generated {} seconds {:.6}",
        checker.unique_state_count(),
        checker.state_count(),
        start.elapsed().as_secs_f64()
    );
    checker.assert_properties();
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match (arguments[1].as_str(), arguments[2].as_str()) {
        ("filter-lock", "3") => explore(filter_lock::FilterLock::<3>),
        ("filter-lock", "4") => explore(filter_lock::FilterLock::<4>),
        ("filter-lock", "5") => explore(filter_lock::FilterLock::<5>),
        ("two-phase-commit", "3") => explore(two_phase_commit::TwoPhaseCommit::<3>),
        ("two-phase-commit", "7") => explore(two_phase_commit::TwoPhaseCommit::<7>),
        ("two-phase-commit", "8") => explore(two_phase_commit::TwoPhaseCommit::<8>),
        ("two-phase-commit", "9") => explore(two_phase_commit::TwoPhaseCommit::<9>),
        ("ewd840", "3") => explore(ewd840::Ewd840::<3>),
        ("ewd840", "8") => explore(ewd840::Ewd840::<8>),
        ("ewd840", "9") => explore(ewd840::Ewd840::<9>),
        ("ticket-lock", "3") => explore(ticket_lock::TicketLock::<3>),
        ("ticket-lock", "5") => explore(ticket_lock::TicketLock::<5>),
        ("ticket-lock", "6") => explore(ticket_lock::TicketLock::<6>),
        ("paxos", "2") => explore(paxos::Paxos::<2>),
        ("paxos", "3") => explore(paxos::Paxos::<3>),
        ("paxos", "4") => explore(paxos::Paxos::<4>),
        ("qrcu", "1") => explore(qrcu::Qrcu::<1>),
        ("qrcu", "2") => explore(qrcu::Qrcu::<2>),
        ("qrcu", "3") => explore(qrcu::Qrcu::<3>),
        (model, size) => panic!("no model {model} of size {size}"),
    }
}
