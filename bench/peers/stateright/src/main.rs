//! The bench's models for Stateright: `peer <model> <size>` explores one of them with one thread, breadth first.

mod ewd840;
mod filter_lock;
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
        ("filter-lock", "5") => explore(filter_lock::FilterLock::<5>),
        ("two-phase-commit", "3") => explore(two_phase_commit::TwoPhaseCommit::<3>),
        ("two-phase-commit", "7") => explore(two_phase_commit::TwoPhaseCommit::<7>),
        ("two-phase-commit", "8") => explore(two_phase_commit::TwoPhaseCommit::<8>),
        ("two-phase-commit", "9") => explore(two_phase_commit::TwoPhaseCommit::<9>),
        ("ewd840", "3") => explore(ewd840::Ewd840::<3>),
        ("ewd840", "8") => explore(ewd840::Ewd840::<8>),
        (model, size) => panic!("no model {model} of size {size}"),
    }
}
