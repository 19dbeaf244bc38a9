// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Layers: publish, read, list and delete versions. */
record LayerOperations(
    SimClock clock, LayerStore store, CodeSource codes, CodeCollector collector, CodeLinks links) {
  static final String ALL = "/2018-10-31/layers";
  static final String VERSIONS = ALL + "/{LayerName}/versions";
  static final String ONE = VERSIONS + "/{VersionNumber}";

  private static final int MAX_RUNTIMES = 15;
  private static final int MAX_DESCRIPTION = 256;
  private static final int MAX_LICENSE = 512;

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PublishLayerVersion",
            HttpBinding.post(VERSIONS, 201),
            this::publish,
            "Content",
            "Description",
            "CompatibleRuntimes",
            "CompatibleArchitectures",
            "LicenseInfo"),
        Operation.rest("GetLayerVersion", HttpBinding.get(ONE), this::get),
        Operation.rest(
            "GetLayerVersionByArn",
            HttpBinding.get(ALL + "?find=LayerVersion"),
            this::getByArn,
            "Arn"),
        Operation.rest(
            "ListLayerVersions",
            HttpBinding.get(VERSIONS),
            this::listVersions,
            "CompatibleRuntime",
            "CompatibleArchitecture",
            "Marker",
            "MaxItems"),
        Operation.rest(
            "ListLayers",
            HttpBinding.get(ALL),
            this::list,
            "CompatibleRuntime",
            "CompatibleArchitecture",
            "Marker",
            "MaxItems"),
        Operation.rest("DeleteLayerVersion", HttpBinding.delete(ONE, 204), this::delete));
  }

  private Output publish(Input input, CallContext context) {
    LayerRef ref = LayerRef.layer(input);
    if (!ref.isOf(store)) {
      throw LambdaErrors.otherAccount("PublishLayerVersion", input.requiredText("LayerName"));
    }
    String description = bounded(input, "Description", "description", MAX_DESCRIPTION).orElse("");
    String license = bounded(input, "LicenseInfo", "licenseInfo", MAX_LICENSE).orElse(null);
    List<String> runtimes = FunctionRuntimes.compatible(input, "CompatibleRuntimes", MAX_RUNTIMES);
    List<String> architectures = FunctionRuntimes.architectures(input, "CompatibleArchitectures");
    Input given = input.structure("Content").orElse(new Input(Json.object()));
    CodePackage content =
        codes.layer(given.only("ZipFile", "S3Bucket", "S3Key", "S3ObjectVersion"), context);
    try {
      LayerVersion version =
          store.publish(
              ref.name(),
              number ->
                  new LayerVersion(
                      ref.name(),
                      number,
                      store.arn(ref.name()),
                      description,
                      runtimes,
                      architectures,
                      license,
                      clock.now(),
                      content,
                      new LinkedHashMap<>(),
                      ""));
      return Output.of(shown(version));
    } finally {
      collector.release(content.code());
    }
  }

  private Output get(Input input, CallContext context) {
    return Output.of(shown(found(LayerRef.version(input))));
  }

  private Output getByArn(Input input, CallContext context) {
    String arn = input.requiredText("Arn");
    LayerRef ref = LayerRef.parse(arn);
    if (ref == null) {
      throw LambdaErrors.violated(
          arn,
          "arn",
          "Member must satisfy regular expression pattern: " + LayerRef.VERSION_PATTERN);
    }
    return Output.of(shown(found(ref)));
  }

  private LayerVersion found(LayerRef ref) {
    return Optional.of(ref)
        .filter(known -> known.isOf(store))
        .flatMap(known -> store.find(known.name(), known.number()))
        .orElseThrow(() -> LambdaErrors.notFound("The resource you requested does not exist."));
  }

  private Output listVersions(Input input, CallContext context) {
    LayerRef ref = LayerRef.layer(input);
    LayerFilter filter = LayerFilter.of(input);
    List<LayerVersion> versions = ref.isOf(store) ? store.versions(ref.name()) : List.of();
    return LambdaPages.of(
        versions.stream().filter(filter::accepts).map(LayerOperations::item).toList(),
        "LayerVersions",
        input);
  }

  private Output list(Input input, CallContext context) {
    LayerFilter filter = LayerFilter.of(input);
    var items = new ArrayList<ObjectNode>();
    for (String name : store.names()) {
      store.versions(name).stream()
          .filter(filter::accepts)
          .findFirst()
          .ifPresent(
              newest -> {
                ObjectNode item = Json.object().put("LayerName", name);
                item.put("LayerArn", newest.layerArn());
                item.set("LatestMatchingVersion", item(newest));
                items.add(item);
              });
    }
    return LambdaPages.of(items, "Layers", input);
  }

  private Output delete(Input input, CallContext context) {
    LayerRef ref = LayerRef.version(input);
    if (ref.isOf(store)) {
      store.delete(ref.name(), ref.number());
      collector.collect();
    }
    return Output.empty();
  }

  /** The versions that a list asks for. */
  private record LayerFilter(@Nullable String runtime, @Nullable String architecture) {
    static LayerFilter of(Input input) {
      return new LayerFilter(
          FunctionRuntimes.known(input, "CompatibleRuntime"),
          FunctionRuntimes.architecture(input, "CompatibleArchitecture"));
    }

    boolean accepts(LayerVersion version) {
      return version.fits(runtime, architecture);
    }
  }

  private ObjectNode shown(LayerVersion version) {
    ObjectNode json = Json.object();
    json.putObject("Content")
        .put("Location", links.to(version.layer(), version.content()))
        .put("CodeSha256", version.content().sha256())
        .put("CodeSize", version.content().size());
    json.put("LayerArn", version.layerArn());
    return describe(json, version);
  }

  private static ObjectNode item(LayerVersion version) {
    return describe(Json.object(), version);
  }

  private static ObjectNode describe(ObjectNode json, LayerVersion version) {
    json.put("LayerVersionArn", version.arn());
    json.put("Description", version.description());
    json.put("CreatedDate", ConfigWriter.time(version.created()));
    json.put("Version", version.number());
    if (!version.runtimes().isEmpty()) {
      json.set("CompatibleRuntimes", Json.texts(version.runtimes()));
    }
    Json.putIfPresent(json, "LicenseInfo", version.license());
    if (!version.architectures().isEmpty()) {
      json.set("CompatibleArchitectures", Json.texts(version.architectures()));
    }
    return json;
  }

  private static Optional<String> bounded(Input input, String member, String shown, int most) {
    Optional<String> text = input.text(member);
    if (text.isPresent() && text.get().length() > most) {
      throw LambdaErrors.violated(
          text.get(), shown, "Member must have length less than or equal to " + most);
    }
    return text;
  }
}
