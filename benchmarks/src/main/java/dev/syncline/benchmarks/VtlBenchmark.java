// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.vtl.TemplateEngine;
import dev.syncline.sim.vtl.TemplateException;
import dev.syncline.sim.vtl.TemplateLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The template engine alone, in one thread: renders a second of a short and a long template. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class VtlBenchmark {
  private static final String SHORT =
      """
      Action=SendMessage&MessageBody={"id": "$id", "body": "$body.name"}
      """;
  private static final String LOOP =
      """
      #set($all = [])
      {"items": [
      #foreach($item in $items)
        #if($item.size > 10)
        {"name": "$item.name", "size": $item.size, "last": $foreach.hasNext}#if($foreach.hasNext),#end
        #end
        #set($ignored = $all.add($item.name))
      #end
      ], "count": $all.size()}
      """;

  private final TemplateEngine engine = new TemplateEngine(TemplateLimits.DEFAULT, regex -> {});
  private final Map<String, Object> variables = new LinkedHashMap<>();

  /** Makes a hundred items. */
  @Setup
  public void items() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(Map.of("name", "item-" + i, "size", i));
    }
    variables.put("items", items);
    variables.put("id", "7");
    variables.put("body", Map.of("name", "Ada"));
  }

  /** Two references. */
  @Benchmark
  public String references() throws TemplateException {
    return engine.render(SHORT, variables);
  }

  /** A loop of a hundred items with conditions. */
  @Benchmark
  public String loop() throws TemplateException {
    return engine.render(LOOP, variables);
  }
}
