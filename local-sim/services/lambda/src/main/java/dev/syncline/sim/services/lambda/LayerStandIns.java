// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Local zip files in place of layer versions of other accounts, which the simulator cannot get.
 * Each is read at its first use, and kept. Thread-safe.
 */
final class LayerStandIns {
  private final Map<String, Path> files;
  private final CodeStore codes;
  private final Map<String, CodePackage> read = new HashMap<>();

  /**
   * The user's stand-ins.
   *
   * @param files zip files by ARN of the layer version
   */
  LayerStandIns(Map<String, Path> files, CodeStore codes) {
    this.files = Map.copyOf(files);
    this.codes = codes;
  }

  /**
   * The content of the layer version.
   *
   * @throws dev.syncline.sim.service.AwsException without one, naming the option
   */
  synchronized CodePackage find(String arn) {
    CodePackage known = read.get(arn);
    if (known != null) {
      return known;
    }
    Path file = files.get(arn);
    if (file == null) {
      throw LambdaErrors.invalid(
          "Layer version "
              + arn
              + " is of another account, and the simulator does not have it. Start the simulator"
              + " with --layer "
              + arn
              + "=PATH.zip to use a zip file in its place.");
    }
    try {
      // Held for as long as the room is open.
      CodePackage content = codes.addLayer(Files.readAllBytes(file));
      read.put(arn, content);
      return content;
    } catch (IOException failure) {
      throw LambdaErrors.invalid(
          "The zip file of --layer " + arn + "=" + file + " cannot be read: " + failure);
    }
  }
}
