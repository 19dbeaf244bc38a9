// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state of a flow. Immutable. */
public sealed interface State {
  /** The fields that all types share. */
  Head head();

  /** The type. */
  default StateType type() {
    return switch (this) {
      case Pass unused -> StateType.PASS;
      case Succeed unused -> StateType.SUCCEED;
      case Fail unused -> StateType.FAIL;
      case Wait unused -> StateType.WAIT;
      case Choice unused -> StateType.CHOICE;
      case Task unused -> StateType.TASK;
      case Parallel unused -> StateType.PARALLEL;
      case Map unused -> StateType.MAP;
    };
  }

  /** The name. */
  default String name() {
    return head().name();
  }

  /**
   * The fields that all types share.
   *
   * @param name the state's name
   * @param language how it reads data
   * @param next the following state; null if this one ends its flow
   * @param data its input and output
   */
  record Head(String name, QueryLanguage language, @Nullable String next, DataFlow data) {
    /** Whether the state's query language is JSONata. */
    public boolean jsonata() {
      return language == QueryLanguage.JSONATA;
    }
  }

  /** Pass; {@code result} is null if there is no Result field. */
  record Pass(Head head, @Nullable JsonNode result) implements State {}

  /** Succeed. */
  record Succeed(Head head) implements State {}

  /** Fail; null for what is not given. */
  record Fail(Head head, @Nullable FieldValue error, @Nullable FieldValue cause) implements State {}

  /** Wait until {@code until}: seconds from now, or a time when {@code timestamp}. */
  record Wait(Head head, FieldValue until, boolean timestamp) implements State {}

  /** Choice; {@code otherwise} is the Default state. */
  record Choice(Head head, List<ChoiceOption> options, @Nullable String otherwise)
      implements State {}

  /** Task. Times in seconds. */
  record Task(
      Head head,
      TaskResource resource,
      @Nullable FieldValue timeout,
      @Nullable FieldValue heartbeat,
      @Nullable PayloadTemplate credentials,
      ErrorHandling handling)
      implements State {}

  /** Parallel. */
  record Parallel(Head head, List<Flow> branches, ErrorHandling handling) implements State {}

  /**
   * Map.
   *
   * @param items where the items come from; null for the input itself
   * @param itemSelector shapes each iteration's input
   * @param maxConcurrency iterations at once, 0 or null for AWS's ceiling
   * @param distributed null for an inline Map
   */
  record Map(
      Head head,
      Flow processor,
      @Nullable FieldValue items,
      @Nullable PayloadTemplate itemSelector,
      @Nullable FieldValue maxConcurrency,
      @Nullable Distributed distributed,
      ErrorHandling handling)
      implements State {}

  /**
   * The fields that only a distributed Map has.
   *
   * @param express whether the children are Express executions
   * @param label part of the children's names
   * @param toleratedCount failed items that do not fail the run
   * @param toleratedPercentage the same as a share, 0 to 100
   * @param batcher puts several items into one child
   * @param reader reads the items from elsewhere
   * @param writer puts the results elsewhere
   */
  record Distributed(
      boolean express,
      @Nullable String label,
      @Nullable FieldValue toleratedCount,
      @Nullable FieldValue toleratedPercentage,
      @Nullable Batcher batcher,
      @Nullable Reader reader,
      @Nullable Writer writer) {}

  /** ItemBatcher. */
  record Batcher(
      @Nullable FieldValue maxItems,
      @Nullable FieldValue maxBytes,
      @Nullable PayloadTemplate input) {}

  /** ItemReader: a call to S3, and how to read what it answers. */
  record Reader(TaskResource resource, @Nullable PayloadTemplate arguments, ReaderConfig config) {}

  /**
   * ResultWriter.
   *
   * @param resource the call that writes; null to shape the state's result only
   * @param arguments of the call
   * @param transformation NONE, COMPACT or FLATTEN; null where the field is absent
   * @param lines one result a line (JSONL) instead of an array
   */
  record Writer(
      @Nullable TaskResource resource,
      @Nullable PayloadTemplate arguments,
      @Nullable String transformation,
      boolean lines) {}

  /**
   * ReaderConfig.
   *
   * @param inputType JSON, JSONL, CSV or MANIFEST
   * @param loadListed whether the objects of a listing are read themselves (LOAD_AND_FLATTEN)
   * @param csvHeaders headers that are given; empty to take the first row
   * @param delimiter between the fields of a CSV row
   * @param maxItems how many items at most, null or 0 for all
   * @param itemsPointer JSON pointer to the items inside a JSON document
   */
  record ReaderConfig(
      String inputType,
      boolean loadListed,
      List<String> csvHeaders,
      char delimiter,
      @Nullable FieldValue maxItems,
      @Nullable String itemsPointer) {}
}
