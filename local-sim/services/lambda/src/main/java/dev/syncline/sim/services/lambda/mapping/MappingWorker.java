// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

/** Brings the records of a source to a function. Thread-safe. */
interface MappingWorker {
  /** The result before the first batch. */
  String NOTHING_YET = "No records processed";

  /** The settings now. */
  Mapping mapping();

  /** How the last batch went, as {@code LastProcessingResult} shows it. */
  String lastResult();

  /** Goes on with other settings. */
  void change(Mapping changed);

  /** Begins, when the mapping is enabled. */
  void start();

  /** Takes no further records. */
  void stop();

  /** How far the source has been read. */
  default StreamPositions positions() {
    return StreamPositions.NONE;
  }
}
