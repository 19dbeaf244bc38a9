// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.FieldSelection;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the cache of an API answers, and when it asks the resolver. */
class ResolverCacheTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final SimClock clock = new SimClock(new ClockMode.Manual());
  private final Counting resolver = new Counting();

  @AfterEach
  void close() {
    clock.close();
  }

  /** Answers with the number of the call; an argument {@code fail} makes it fail. */
  private static final class Counting implements FieldResolver {
    private final List<Integer> batches = new ArrayList<>();
    private int calls;

    @Override
    public int maxBatchSize() {
      return 10;
    }

    @Override
    public List<FieldOutcome> resolve(List<FieldCall> several, RequestContext request) {
      batches.add(several.size());
      List<FieldOutcome> outcomes = new ArrayList<>();
      for (FieldCall call : several) {
        calls++;
        outcomes.add(
            call.arguments().has("fail")
                ? FieldOutcome.failed(FieldError.of("T", "failed"))
                : FieldOutcome.of(JSON.getNodeFactory().numberNode(calls)));
        call.arguments().put("changed", calls);
      }
      return outcomes;
    }
  }

  @Test
  void aResultIsKeptUntilItsTimeHasPassed() {
    FieldResolver cached = perResolver("$context.arguments.id");

    assertThat(ask(cached, "{'id':1}")).isEqualTo(1);
    clock.advance(MINUTE.minusMillis(1));
    assertThat(ask(cached, "{'id':1}")).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(ask(cached, "{'id':1}")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$context.arguments.id| {'id':1,'x':1}| {}| {'id':1,'x':2}| {}| same",
        "$context.arguments.id| {'id':1}| {}| {'id':2}| {}| other",
        "$context.arguments.in.id| {'in':{'id':1}}| {}| {'in':{'id':1,'y':2}}| {}| same",
        "$context.arguments| {'a':1,'b':2}| {}| {'b':2,'a':1}| {}| same",
        "$context.arguments| {'a':1}| {}| {'a':1,'b':null}| {}| other",
        "$context.source.id| {}| {'id':1}| {'z':1}| {'id':1,'w':2}| same",
        "$context.source| {}| {'id':1}| {}| {'id':1,'w':2}| other",
        "context.source.id| {}| {'id':1}| {}| {'id':2}| other",
        "| {'id':1}| {'s':1}| {'id':1}| {'s':1}| same",
        "| {'id':1}| {'s':1}| {'id':1}| {'s':2}| other",
        "| {'id':1}| {'s':1}| {'id':2}| {'s':1}| other",
      })
  void theKeyIsBuiltFromTheContext(
      @Nullable String key,
      String arguments,
      String source,
      String otherArguments,
      String otherSource,
      String expected) {
    FieldResolver cached = key == null ? perResolver() : perResolver(key);

    int first = number(cached, call("f", arguments, source), request("u"));
    int second = number(cached, call("f", otherArguments, otherSource), request("u"));

    assertThat(second == first ? "same" : "other").isEqualTo(expected);
  }

  @Test
  void callersShareWhatDoesNotDependOnTheirIdentity() {
    FieldResolver shared = perResolver("$context.arguments.id");
    FieldResolver own = perResolver("$context.arguments.id", "$context.identity.username");

    assertThat(number(shared, call("shared", "{'id':1}", "{}"), request("u"))).isEqualTo(1);
    assertThat(number(shared, call("shared", "{'id':1}", "{}"), request("v"))).isEqualTo(1);
    assertThat(number(own, call("own", "{'id':1}", "{}"), request("u"))).isEqualTo(2);
    assertThat(number(own, call("own", "{'id':1}", "{}"), request("v"))).isEqualTo(3);
  }

  @Test
  void fieldsDoNotShareTheirResults() {
    FieldResolver cached = perResolver("$context.arguments.id");

    assertThat(number(cached, call("a", "{'id':1}", "{}"), request("u"))).isEqualTo(1);
    assertThat(number(cached, call("b", "{'id':1}", "{}"), request("u"))).isEqualTo(2);
  }

  @Test
  void failuresAreNotKept() {
    FieldResolver cached = perResolver("$context.arguments.id");

    cached.resolve(List.of(call("f", "{'id':1,'fail':true}", "{}")), request("u"));

    assertThat(ask(cached, "{'id':1}")).isEqualTo(2);
  }

  @Test
  void onlyTheMissingOnesOfABatchAreResolved() {
    FieldResolver cached = perResolver("$context.source.id");
    ask(cached, "{}", "{'id':2}");

    List<FieldOutcome> outcomes =
        cached.resolve(
            List.of(
                call("f", "{}", "{'id':1}"),
                call("f", "{}", "{'id':2}"),
                call("f", "{}", "{'id':3}")),
            request("u"));

    assertThat(outcomes).extracting(outcome -> outcome.value().asInt()).containsExactly(2, 1, 3);
    assertThat(resolver.batches).containsExactly(1, 2);
    assertThat(cached.maxBatchSize()).isEqualTo(10);
  }

  @Test
  void aResolverWithoutAConfigurationIsNotCached() {
    var cache = new ResolverCache(clock, CachingBehavior.PER_RESOLVER_CACHING, MINUTE);

    assertThat(cache.around(resolver, null)).isSameAs(resolver);
  }

  @Test
  void fullRequestCachingCachesEveryResolverForItsCaller() {
    var cache = new ResolverCache(clock, CachingBehavior.FULL_REQUEST_CACHING, MINUTE);
    FieldResolver cached =
        cache.around(resolver, new ResolverCaching(Duration.ofSeconds(1), List.of("$context.x")));

    assertThat(number(cached, call("f", "{'id':1}", "{}"), request("u"))).isEqualTo(1);
    assertThat(number(cached, call("f", "{'id':1}", "{}"), request("v"))).isEqualTo(2);
    clock.advance(Duration.ofSeconds(59));
    assertThat(number(cached, call("f", "{'id':1}", "{}"), request("u"))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'context.arguments.id':1}| 1",
        "{'ctx.args.id':1}| 1",
        "{'$context.arguments.id':1}| 1",
        "{'context.arguments.id':2}| 0",
        "{'context.arguments.other':1}| 0",
      })
  void anEntryIsEvictedByItsKey(String keys, int deleted) {
    var cache = new ResolverCache(clock, CachingBehavior.PER_RESOLVER_CACHING, MINUTE);
    FieldResolver cached =
        cache.around(resolver, new ResolverCaching(MINUTE, List.of("$context.arguments.id")));
    ask(cached, "{'id':1}");
    var effects = new RequestEffects();
    effects.add(new RequestEffects.Effect.CacheEviction("Query", "f", json(keys)));

    assertThat(cache.evict(effects)).isEqualTo(deleted);
    assertThat(ask(cached, "{'id':1}")).isEqualTo(1 + deleted);
  }

  @Test
  void anEvictionNamesTheKeysInTheirOrder() {
    var cache = new ResolverCache(clock, CachingBehavior.PER_RESOLVER_CACHING, MINUTE);
    FieldResolver cached =
        cache.around(
            resolver,
            new ResolverCaching(
                MINUTE, List.of("$context.identity.username", "$context.arguments.id")));
    ask(cached, "{'id':1}");

    assertThat(cache.evict(eviction("{'context.arguments.id':1,'context.identity.username':'u'}")))
        .isZero();
    assertThat(cache.evict(eviction("{'context.identity.username':'u','context.arguments.id':1}")))
        .isEqualTo(1);
  }

  @Test
  void anEntryWhoseTimeHasPassedIsNotCountedAsEvicted() {
    var cache = new ResolverCache(clock, CachingBehavior.PER_RESOLVER_CACHING, MINUTE);
    ask(
        cache.around(resolver, new ResolverCaching(MINUTE, List.of("$context.arguments.id"))),
        "{'id':1}");
    clock.advance(MINUTE);

    assertThat(cache.evict(eviction("{'context.arguments.id':1}"))).isZero();
  }

  @Test
  void flushingRemovesEverything() {
    var cache = new ResolverCache(clock, CachingBehavior.FULL_REQUEST_CACHING, MINUTE);
    FieldResolver cached = cache.around(resolver, null);
    ask(cached, "{}");
    cache.flush();

    assertThat(ask(cached, "{}")).isEqualTo(2);
  }

  @Test
  void aFullCacheForgetsWhatWasNotUsedForTheLongestTime() {
    var cache = new ResolverCache(clock, CachingBehavior.FULL_REQUEST_CACHING, MINUTE, 800);
    FieldResolver cached = cache.around(resolver, null);
    ask(cached, "{'id':1}");
    ask(cached, "{'id':2}");
    assertThat(ask(cached, "{'id':1}")).isEqualTo(1);
    ask(cached, "{'id':3}");

    assertThat(ask(cached, "{'id':1}")).isEqualTo(1);
    assertThat(ask(cached, "{'id':2}")).isEqualTo(4);
  }

  @Test
  void wholeResponsesAreKeptByRequestCallerAndHeaders() {
    var cache = new ResolverCache(clock, CachingBehavior.OPERATION_LEVEL_CACHING, MINUTE);
    String key = key(cache, "{a}", "{'v':1}", "u", "{'x-a':'1','host':'h'}");
    cache.keep(key, json("{'data':{'a':1}}"));

    assertThat(cache.response(key)).contains(json("{'data':{'a':1}}"));
    assertThat(cache.around(resolver, null)).isSameAs(resolver);
    assertThat(key(cache, "{a}", "{'v':1}", "u", "{'X-A':'1','host':'other'}")).isEqualTo(key);
    assertThat(key(cache, "{b}", "{'v':1}", "u", "{'x-a':'1'}")).isNotEqualTo(key);
    assertThat(key(cache, "{a}", "{'v':2}", "u", "{'x-a':'1'}")).isNotEqualTo(key);
    assertThat(key(cache, "{a}", "{'v':1}", "v", "{'x-a':'1'}")).isNotEqualTo(key);
    assertThat(key(cache, "{a}", "{'v':1}", "u", "{'x-a':'2'}")).isNotEqualTo(key);
    clock.advance(MINUTE);
    assertThat(cache.response(key)).isEmpty();
  }

  @Test
  void aResponseWithErrorsIsNotKept() {
    var cache = new ResolverCache(clock, CachingBehavior.OPERATION_LEVEL_CACHING, MINUTE);
    cache.keep("k", json("{'data':null,'errors':[{'message':'m'}]}"));

    assertThat(cache.response("k")).isEmpty();
  }

  @Test
  void otherBehaviorsKeepNoResponses() {
    var cache = new ResolverCache(clock, CachingBehavior.FULL_REQUEST_CACHING, MINUTE);

    assertThat(
            cache.responseKey(
                new GraphqlRequest("{a}", (ObjectNode) json("{}"), null), request("u"), List.of()))
        .isEqualTo(Optional.empty());
  }

  private FieldResolver perResolver(String... keys) {
    return new ResolverCache(clock, CachingBehavior.PER_RESOLVER_CACHING, Duration.ofHours(1))
        .around(resolver, new ResolverCaching(MINUTE, List.of(keys)));
  }

  private static String key(
      ResolverCache cache, String query, String variables, String user, String headers) {
    var request =
        new RequestContext(
            "r",
            "IAM Authorization",
            json("{'username':'" + user + "','sourceIp':['" + headers.length() + "']}"),
            (ObjectNode) json(headers),
            null,
            (ObjectNode) json("{}"),
            new RequestEffects());
    return cache
        .responseKey(
            new GraphqlRequest(query, (ObjectNode) json(variables), null), request, List.of())
        .orElseThrow();
  }

  private static RequestEffects eviction(String keys) {
    var effects = new RequestEffects();
    effects.add(new RequestEffects.Effect.CacheEviction("Query", "f", json(keys)));
    return effects;
  }

  private static int ask(FieldResolver cached, String arguments) {
    return ask(cached, arguments, "null");
  }

  private static int ask(FieldResolver cached, String arguments, String source) {
    return number(cached, call("f", arguments, source), request("u"));
  }

  private static int number(FieldResolver cached, FieldCall call, RequestContext request) {
    return cached.resolve(List.of(call), request).getFirst().value().asInt();
  }

  private static FieldCall call(String field, String arguments, String source) {
    return new FieldCall(
        "Query",
        field,
        (ObjectNode) json(arguments),
        json(source),
        List.of(field),
        JSON.createObjectNode(),
        FieldSelection.NONE);
  }

  private static RequestContext request(String user) {
    return new RequestContext(
        "r",
        "User Pool Authorization",
        json("{'username':'" + user + "'}"),
        JSON.createObjectNode(),
        null,
        JSON.createObjectNode(),
        new RequestEffects());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
