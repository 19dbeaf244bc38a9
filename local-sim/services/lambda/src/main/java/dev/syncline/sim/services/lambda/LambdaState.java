// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.lambda.mapping.MappingStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions and event source mappings as they are saved, packages apart. Events of asynchronous
 * invocations that wait are not saved. Thread-safe.
 */
record LambdaState(
    FunctionStore store,
    CodeStore codes,
    CodeCollector collector,
    MappingStore mappings,
    FunctionHost host,
    VersionPublisher publisher,
    LayerStore layers)
    implements ServiceState {
  private record Saved(
      Map<String, String> packages,
      List<SavedFunction> functions,
      JsonNode mappings,
      Map<String, Long> layerNumbers,
      List<LayerVersion> layers) {}

  /** A function; its packages are saved as digests. */
  private record SavedFunction(
      String name,
      String arn,
      Map<Integer, FunctionConfig> versions,
      Map<String, LambdaFunction.Alias> aliases,
      Map<String, Map<String, ObjectNode>> policies,
      Map<String, EventConfig> eventConfigs,
      @Nullable String deadLetterTarget,
      Map<String, String> tags,
      FunctionConfig latest,
      int lastVersion,
      @Nullable Integer reservedConcurrency,
      Map<String, String> policyRevisions,
      Map<String, String> versionDeadLetters,
      String recursiveLoop,
      Map<String, LambdaFunction.RuntimeUpdates> runtimeUpdates,
      Map<String, LambdaFunction.Provisioned> provisioned,
      Map<String, FunctionUrl> urls) {}

  /** The prefix of a layer's digest: the same content may be a function's package too. */
  private static final String LAYER = "layer ";

  private static final SavedForm WRITTEN =
      SavedForm.with(
          CodePackage.class,
          LambdaState::key,
          digest -> {
            throw new IllegalStateException("only written with this form");
          });

  private static String key(CodePackage code) {
    return (CodeStore.isLayer(code) ? LAYER : "") + code.sha256();
  }

  @Override
  public JsonNode save(Blobs blobs) {
    var used = new HashMap<String, CodePackage>();
    List<JsonNode> functions =
        store.locked(
            all ->
                all.values().stream()
                    .map(
                        function -> {
                          function
                              .configs()
                              .forEach(
                                  config -> {
                                    hold(config.code(), used);
                                    config.layers().forEach(layer -> hold(layer.content(), used));
                                  });
                          return WRITTEN.write(saved(function));
                        })
                    .toList());
    List<LayerVersion> versions = layers.all();
    versions.forEach(version -> hold(version.content(), used));
    var packages = new LinkedHashMap<String, String>();
    try {
      used.forEach(
          (digest, code) -> packages.put(digest, blobs.keep(code, () -> codes.content(code))));
    } finally {
      used.values().forEach(code -> collector.release(code.code()));
    }
    ObjectNode tree = Json.object();
    tree.set("packages", SavedForm.PLAIN.write(packages));
    tree.putArray("functions").addAll(functions);
    tree.set("mappings", mappings.saved());
    tree.set("layerNumbers", SavedForm.PLAIN.write(layers.lastNumbers()));
    tree.set("layers", WRITTEN.write(versions));
    return tree;
  }

  private void hold(CodePackage code, Map<String, CodePackage> used) {
    if (used.put(key(code), code) == null) {
      collector.hold(code.code());
    }
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    var packages = new HashMap<String, CodePackage>();
    for (Map.Entry<String, JsonNode> one : saved.path("packages").properties()) {
      String digest = one.getKey();
      blobs
          .find(
              one.getValue().asText(),
              digest.startsWith(LAYER)
                  ? "a layer"
                  : "the code of the function " + String.join(", ", functionsWith(digest, saved)))
          .ifPresent(
              content ->
                  packages.put(
                      digest,
                      digest.startsWith(LAYER) ? codes.addLayer(content) : codes.add(content)));
    }
    ObjectNode readable = saved.deepCopy();
    SavedUpgrade.addMissing(readable);
    ArrayNode functions = readable.putArray("functions");
    for (JsonNode function : saved.path("functions")) {
      if (packages.keySet().containsAll(packagesOf(function))) {
        functions.add(SavedUpgrade.function(function.deepCopy()));
      }
    }
    ArrayNode versions = readable.putArray("layers");
    for (JsonNode version : saved.path("layers")) {
      if (packages.containsKey(version.path("content").asText())) {
        versions.add(version);
      }
    }
    SavedForm read =
        SavedForm.with(
            CodePackage.class,
            LambdaState::key,
            digest -> {
              CodePackage code = packages.get(digest);
              if (code == null) {
                throw new IllegalArgumentException("there is no package " + digest);
              }
              return code;
            });
    Saved state = read.read(readable, Saved.class);
    layers.restore(state.layerNumbers, state.layers);
    for (SavedFunction function : state.functions) {
      store.locked(all -> all.put(function.name, function(function)));
    }
    packages.values().forEach(code -> collector.release(code.code()));
    mappings.restore(saved.path("mappings"));
  }

  private static List<String> functionsWith(String digest, JsonNode saved) {
    var names = new ArrayList<String>();
    for (JsonNode function : saved.path("functions")) {
      if (packagesOf(function).contains(digest)) {
        names.add(function.path("name").asText());
      }
    }
    return names;
  }

  private static Set<String> packagesOf(JsonNode function) {
    var digests = new HashSet<String>();
    addPackages(function.path("latest"), digests);
    function.path("versions").forEach(version -> addPackages(version, digests));
    return digests;
  }

  private static void addPackages(JsonNode config, Set<String> digests) {
    digests.add(config.path("code").asText());
    config.path("layers").forEach(layer -> digests.add(layer.path("content").asText()));
  }

  @Override
  public void resume() {
    store.locked(
        all -> {
          for (LambdaFunction function : all.values()) {
            var active = new ArrayList<FunctionConfig>();
            function.aliases.values().stream()
                .map(alias -> store.resolve(function, alias.version()))
                .forEach(active::add);
            if (active.isEmpty()) {
              active.add(function.latest);
            }
            active.forEach(config -> host.activate(store.spec(function, config)));
            publisher.resume(function);
          }
          return all;
        });
    mappings.resume();
  }

  private static SavedFunction saved(LambdaFunction function) {
    return new SavedFunction(
        function.name,
        function.arn,
        function.versions,
        function.aliases,
        function.policies,
        function.eventConfigs,
        function.deadLetterTarget,
        function.tags,
        function.latest,
        function.lastVersion,
        function.reservedConcurrency,
        function.policyRevisions,
        function.versionDeadLetters,
        function.recursiveLoop,
        function.runtimeUpdates,
        function.provisioned,
        function.urls);
  }

  private LambdaFunction function(SavedFunction saved) {
    var function = new LambdaFunction(saved.name, saved.arn, saved.latest);
    function.versions.putAll(saved.versions);
    function.aliases.putAll(saved.aliases);
    saved.policies.forEach(
        (qualifier, statements) ->
            function.policies.put(qualifier, new LinkedHashMap<>(statements)));
    function.eventConfigs.putAll(saved.eventConfigs);
    function.deadLetterTarget = saved.deadLetterTarget;
    function.tags.putAll(saved.tags);
    function.lastVersion = saved.lastVersion;
    store.reserve(function, saved.reservedConcurrency);
    function.policyRevisions.putAll(saved.policyRevisions);
    function.versionDeadLetters.putAll(saved.versionDeadLetters);
    function.recursiveLoop = saved.recursiveLoop;
    function.runtimeUpdates.putAll(saved.runtimeUpdates);
    function.provisioned.putAll(saved.provisioned);
    function.urls.putAll(saved.urls);
    return function;
  }
}
