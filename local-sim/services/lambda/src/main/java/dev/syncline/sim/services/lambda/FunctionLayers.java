// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the member {@code Layers} of a function. Messages: as recorded from AWS. Thread-safe.
 *
 * @param standIns layers of other accounts
 */
record FunctionLayers(
    LayerStore store, LayerStandIns standIns, CodeCollector collector, LayerDirectories folders) {
  private static final int MAX_LAYERS = 5;
  private static final String PATTERN =
      "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:"
          + "\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:"
          + "[a-zA-Z0-9-_]+)";

  /**
   * The layers that the input gives a function with this code, each held for the caller, who
   * {@linkplain #release releases} them. They are unpacked already.
   *
   * @param before the function's present layers, which stay if the input has no such member
   * @throws AwsException when one cannot be used, or all together are too large
   */
  List<FunctionLayer> read(Input input, List<FunctionLayer> before, CodePackage code) {
    List<FunctionLayer> layers = input.has("Layers") ? named(input.texts("Layers")) : kept(before);
    try {
      if (!layers.isEmpty()) {
        requireSize(layers, code);
        folders.of(layers);
      }
      return layers;
    } catch (RuntimeException refused) {
      release(layers);
      throw refused;
    }
  }

  private List<FunctionLayer> kept(List<FunctionLayer> before) {
    before.forEach(layer -> collector.hold(layer.content().code()));
    return before;
  }

  private List<FunctionLayer> named(List<String> arns) {
    if (arns.size() > MAX_LAYERS) {
      throw LambdaErrors.invalid("Cannot reference more than " + MAX_LAYERS + " layers.");
    }
    var layers = new ArrayList<FunctionLayer>();
    Map<String, String> seen = new HashMap<>();
    try {
      for (String arn : arns) {
        layers.add(held(arn));
        String layer = arn.substring(0, arn.lastIndexOf(':'));
        String other = seen.putIfAbsent(layer, arn);
        if (other != null) {
          throw LambdaErrors.invalid(
              "Two different versions of the same layer are not allowed to be referenced in the"
                  + " same function. "
                  + other
                  + " and "
                  + arn
                  + " are versions of the same layer.");
        }
      }
      return List.copyOf(layers);
    } catch (RuntimeException refused) {
      release(layers);
      throw refused;
    }
  }

  private FunctionLayer held(String arn) {
    LayerRef ref = LayerRef.parse(arn);
    if (ref == null || ref.region() == null) {
      throw LambdaErrors.violated(
          "[" + arn + "]",
          "layers",
          "Member must satisfy constraint: [Member must have length less than or equal to 2048,"
              + " Member must have length greater than or equal to 1, Member must satisfy regular"
              + " expression pattern: "
              + PATTERN
              + ", Member must not be null]");
    }
    if (!ref.region().equals(store.region())) {
      throw LambdaErrors.invalid(
          "Layers are not in the same region as the function. Layers are expected to be in region "
              + store.region()
              + ".");
    }
    if (!ref.isOf(store)) {
      CodePackage content = standIns.find(arn);
      collector.hold(content.code());
      return new FunctionLayer(arn, content);
    }
    return store
        .with(
            ref.name(),
            ref.number(),
            version -> {
              collector.hold(version.content().code());
              return new FunctionLayer(version.arn(), version.content());
            })
        .orElseThrow(() -> LambdaErrors.invalid("Layer version " + arn + " does not exist."));
  }

  private static void requireSize(List<FunctionLayer> layers, CodePackage code) {
    try {
      long size = CodeStore.archive(code).size();
      for (FunctionLayer layer : layers) {
        size += CodeStore.archive(layer.content()).size();
      }
      if (size > Unpacking.MAX_UNZIPPED) {
        throw LambdaErrors.tooLargeWithLayers(Unpacking.MAX_UNZIPPED, size);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read a package", failure);
    }
  }

  /** Ends the hold of {@link #read}. */
  void release(List<FunctionLayer> layers) {
    layers.forEach(layer -> collector.release(layer.content().code()));
  }
}
