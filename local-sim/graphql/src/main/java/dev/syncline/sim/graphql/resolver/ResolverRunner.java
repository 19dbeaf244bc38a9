// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a unit or pipeline resolver as AppSync does. The calls of one level of the response go
 * through its parts side by side, so that their {@code BatchInvoke} documents share calls of a
 * function; every other document is carried out by itself. Thread-safe; calls block while a data
 * source works.
 */
public final class ResolverRunner implements FieldResolver {
  private static final String LAMBDA = "AWS_LAMBDA";

  private final ResolverPlan plan;
  private final SourceCalls sources;

  /** A runner of one resolver. */
  public ResolverRunner(ResolverPlan plan, SourceCalls sources) {
    this.plan = plan;
    this.sources = sources;
  }

  @Override
  public int maxBatchSize() {
    return switch (plan) {
      case ResolverPlan.Unit unit -> batchSize(unit.step());
      case ResolverPlan.Pipeline pipeline ->
          pipeline.functions().stream().mapToInt(this::batchSize).max().orElse(1);
    };
  }

  private int batchSize(ResolverPlan.Step step) {
    boolean batches = step.code().mayBatch() && sources.type(step.dataSource()).equals(LAMBDA);
    return batches ? step.batchSize() : 1;
  }

  @Override
  public List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request) {
    var runs = new ArrayList<ResolverRun>(calls.size());
    for (FieldCall call : calls) {
      runs.add(new ResolverRun(call, request));
    }
    switch (plan) {
      case ResolverPlan.Unit unit -> step(unit.step(), runs, request, false);
      case ResolverPlan.Pipeline pipeline -> {
        runs.forEach(run -> run.before(pipeline.around()));
        for (ResolverPlan.Step function : pipeline.functions()) {
          step(function, runs, request, true);
        }
        runs.forEach(run -> run.after(pipeline.around()));
      }
    }
    return runs.stream().map(ResolverRun::outcome).toList();
  }

  private void step(
      ResolverPlan.Step step, List<ResolverRun> runs, RequestContext request, boolean function) {
    String type = sources.type(step.dataSource());
    var batch = new ArrayList<ResolverRun>();
    for (ResolverRun run : runs) {
      run.request(step, type, function);
      JsonNode document = run.document();
      if (document != null) {
        if (type.equals(LAMBDA) && RequestDocuments.isBatch(document)) {
          batch.add(run);
        } else {
          send(step, List.of(run), request);
        }
      }
    }
    for (int from = 0; from < batch.size(); from += step.batchSize()) {
      send(step, batch.subList(from, Math.min(batch.size(), from + step.batchSize())), request);
    }
  }

  private void send(ResolverPlan.Step step, List<ResolverRun> runs, RequestContext request) {
    var documents = new ArrayList<JsonNode>(runs.size());
    for (ResolverRun run : runs) {
      JsonNode document = run.document();
      if (document != null) {
        documents.add(document);
      }
    }
    List<SourceResult> results = sources.call(step.dataSource(), documents, request);
    for (int i = 0; i < runs.size(); i++) {
      runs.get(i).response(step, results.get(i));
    }
  }
}
