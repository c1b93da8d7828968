//! `peer FILE`: the states that Specl's engine finds, and its time. Its own command would need Z3, and most of an hour to build that.
//!
//! As that command with `--fast --no-parallel --no-auto --no-deadlock`: one thread, fingerprints alone, no reduction; and with its allocator.

use specl_mc::{CheckConfig, CheckOutcome, Explorer};
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let file = std::env::args().nth(1).expect("a file");
    let source = std::fs::read_to_string(file).expect("a file that can be read");
    let module = specl_syntax::parse(&source).expect("a module");
    specl_types::check_module(&module).expect("types that agree");
    let spec = specl_ir::compile(&module).expect("a spec");
    let config = CheckConfig {
        check_deadlock: false,
        parallel: false,
        num_threads: 1,
        fast_check: true,
        ..CheckConfig::default()
    };
    let started_at = Instant::now();
    let mut explorer = Explorer::new(spec, Vec::new(), config);
    let outcome = explorer.check().expect("a search that ends");
    assert!(matches!(outcome, CheckOutcome::Ok { .. }), "{outcome:?}");
    println!("distinct {}", explorer.store().len());
    println!("seconds {}", started_at.elapsed().as_secs_f64());
}
