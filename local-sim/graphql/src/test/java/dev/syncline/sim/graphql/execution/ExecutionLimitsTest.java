// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExecutionLimitsTest {
  private final GraphqlFixture api =
      new GraphqlFixture(
          """
          type A { id: ID! n: Int a: A must: A! }
          type Query { a: A list: [A] slow: String quick: String }
          type Mutation { slow: String quick: String }
          """);

  @Test
  void fieldsBelowTheDepthLimitAreNull() {
    api.limits = new ExecutionLimits(2, 0, true);
    api.value("Query.a", "{id:1,n:2,a:{id:3}}");
    ObjectNode body = api.execute("{ a { n a { id } } }");
    assertThat(body.get("data")).isEqualTo(json("{a:{n:2,a:null}}"));
    assertThat(body.at("/errors/0/errorType").asText()).isEqualTo("QueryDepthLimitReached");
    assertThat(body.at("/errors/0/path")).isEqualTo(json("['a','a','id']"));
  }

  @Test
  void moreResolversThanTheLimitFail() {
    api.limits = new ExecutionLimits(0, 3, true);
    AtomicInteger runs = new AtomicInteger();
    api.value("Query.list", "[{id:1},{id:2},{id:3},{id:4}]")
        .resolve(
            "A.n",
            call -> {
              runs.incrementAndGet();
              return FieldOutcome.of(json("5"));
            });
    GraphqlResponse response = api.response("{ list { n } }", "{}");
    assertThat(response.body().get("data"))
        .isEqualTo(json("{list:[{n:5},{n:5},{n:null},{n:null}]}"));
    assertThat(response.body().at("/errors/1/errorType").asText())
        .isEqualTo("ResolverExecutionLimitReached");
    assertThat(runs).hasValue(2);
    assertThat(response.resolverRuns()).isEqualTo(3);
  }

  @Test
  void theLimitOfResolversIsTenThousand() {
    assertThat(ExecutionLimits.DEFAULT.resolvers()).isEqualTo(10_000);
    assertThat(new ExecutionLimits(0, 50_000, true).resolvers()).isEqualTo(10_000);
    assertThat(new ExecutionLimits(0, 5, true).resolvers()).isEqualTo(5);
  }

  @Test
  void openFieldsTimeOutAtTheDeadline() throws InterruptedException {
    AtomicReference<Runnable> expire = new AtomicReference<>();
    AtomicInteger cancelled = new AtomicInteger();
    api.deadline =
        whenPassed -> {
          expire.set(whenPassed);
          return cancelled::incrementAndGet;
        };
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    api.value("Query.quick", "'q'")
        .resolve(
            "Query.slow",
            call -> {
              entered.countDown();
              return FieldOutcome.of(json(await(release) ? "'late'" : "'?'"));
            });
    Thread clock =
        Thread.ofVirtual()
            .start(
                () -> {
                  if (await(entered)) {
                    Objects.requireNonNull(expire.get()).run();
                  }
                });
    ObjectNode body = api.execute("{ slow }");
    release.countDown();
    clock.join();
    assertThat(body.at("/errors/0"))
        .isEqualTo(
            json(
                "{path:['slow'],data:null,errorType:'ExecutionTimeout',errorInfo:null,"
                    + "locations:[{line:1,column:3,sourceName:null}],"
                    + "message:'Execution timed out.'}"));
    assertThat(body.get("data")).isEqualTo(json("{slow:null}"));
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void callsThatDoNotBlockStopAtTheDeadlineToo() {
    AtomicReference<Runnable> expire = new AtomicReference<>();
    api.deadline =
        whenPassed -> {
          expire.set(whenPassed);
          return () -> {};
        };
    AtomicInteger runs = new AtomicInteger();
    api.value("Query.list", "[{id:1},{id:2},{id:3}]");
    api.resolvers.put(
        "A.n",
        new FieldResolver() {
          @Override
          public boolean mayBlock() {
            return false;
          }

          @Override
          public List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request) {
            runs.incrementAndGet();
            Objects.requireNonNull(expire.get()).run();
            return List.of(FieldOutcome.of(json("1")));
          }
        });
    ObjectNode body = api.execute("{ list { n } }");
    assertThat(body.get("data")).isEqualTo(json("{list:[{n:1},{n:null},{n:null}]}"));
    assertThat(GraphqlFixture.messages(body))
        .containsExactly("Execution timed out.", "Execution timed out.");
    assertThat(runs).hasValue(1);
  }

  @Test
  void manyCallsOfOneRequestAreMadeInTurns() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    String items =
        IntStream.range(0, 2000)
            .mapToObj(i -> "{id:" + i + "}")
            .collect(Collectors.joining(",", "[", "]"));
    api.value("Query.list", items)
        .resolve(
            "A.n",
            call -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              now.decrementAndGet();
              return FieldOutcome.of(json("1"));
            });
    assertThat(api.data("{ list { n } }").at("/list/1999/n").asInt()).isEqualTo(1);
    assertThat(most.get()).isLessThanOrEqualTo(256);
  }

  @Test
  void fieldsOfAQueryRunAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    api.resolve("Query.slow", call -> FieldOutcome.of(json(meet(both))))
        .resolve("Query.quick", call -> FieldOutcome.of(json(meet(both))));
    assertThat(api.data("{ slow quick }")).isEqualTo(json("{slow:'met',quick:'met'}"));
  }

  @Test
  void aResolverThatDoesNotBlockRunsOnTheCallersThread() {
    AtomicReference<Thread> seen = new AtomicReference<>();
    api.deadline = whenPassed -> () -> {};
    api.resolvers.put(
        "Query.quick",
        new FieldResolver() {
          @Override
          public boolean mayBlock() {
            return false;
          }

          @Override
          public List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request) {
            seen.set(Thread.currentThread());
            return List.of(FieldOutcome.of(json("'x'")));
          }
        });
    assertThat(api.data("{ quick }")).isEqualTo(json("{quick:'x'}"));
    assertThat(seen.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void aResolverThatThrowsIsAnErrorOfItsField() {
    api.resolve(
            "Query.slow",
            call -> {
              throw new IllegalStateException("broken");
            })
        .value("Query.quick", "'q'");
    ObjectNode body = api.execute("{ slow quick }");
    assertThat(body.get("data")).isEqualTo(json("{slow:null,quick:'q'}"));
    assertThat(body.at("/errors/0/errorType").asText()).isEqualTo("InternalFailure");
    assertThat(body.at("/errors/0/message").asText()).contains("broken");
  }

  @Test
  void aWrongNumberOfOutcomesIsAnError() {
    api.resolvers.put("Query.slow", (calls, request) -> List.of());
    assertThat(api.messages("{ slow }"))
        .containsExactly("The resolver gave 0 outcomes for 1 calls.");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String meet(CyclicBarrier barrier) {
    try {
      return barrier.await(1, TimeUnit.MINUTES) >= 0 ? "'met'" : "'alone'";
    } catch (Exception alone) {
      return "'alone'";
    }
  }
}
