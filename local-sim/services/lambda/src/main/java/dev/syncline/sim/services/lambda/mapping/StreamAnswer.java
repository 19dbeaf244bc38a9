// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a function's answer says about a batch of a stream whose mapping takes {@code
 * ReportBatchItemFailures}.
 *
 * @param succeeded whether all records are done
 * @param firstFailed the lowest number that was reported; null when the whole batch failed
 */
record StreamAnswer(boolean succeeded, @Nullable BigInteger firstFailed) {
  static final StreamAnswer SUCCESS = new StreamAnswer(true, null);
  static final StreamAnswer FAILURE = new StreamAnswer(false, null);

  /** Answers that are a success though they are no object. */
  private static final Set<String> EMPTY = Set.of("", "null", "\"\"", "[]");

  static StreamAnswer of(byte[] answer, List<LaneRecord> records) {
    if (EMPTY.contains(new String(answer, StandardCharsets.UTF_8).strip())) {
      return SUCCESS;
    }
    Optional<Set<String>> failed = BatchRun.failures(answer);
    if (failed.isEmpty()) {
      return FAILURE;
    }
    if (failed.get().isEmpty()) {
      return SUCCESS;
    }
    BigInteger lowest = null;
    int found = 0;
    for (LaneRecord record : records) {
      if (failed.get().contains(record.number().toString())) {
        found++;
        lowest = lowest == null ? record.number() : lowest;
      }
    }
    return found < failed.get().size() ? FAILURE : new StreamAnswer(false, lowest);
  }
}
