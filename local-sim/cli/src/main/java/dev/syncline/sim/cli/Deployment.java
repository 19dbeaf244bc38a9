// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to deploy. Immutable.
 *
 * @param stackName the stack's name
 * @param source where the template came from, for messages
 * @param template the template's text
 * @param parameters what the template is given, in order
 * @param uploads files by their key in the bucket {@link #BUCKET}
 */
record Deployment(
    String stackName,
    String source,
    String template,
    Map<String, String> parameters,
    Map<String, Path> uploads) {

  /** The bucket that is there before the template is deployed. */
  static final String BUCKET = "syncline-artifacts";

  /** The parameters of the shipped template that name files. */
  private static final List<String> KEY_PARAMETERS =
      List.of("BridgeArtifactKey", "WorkerArtifactKey", "WorkflowArtifactKey");

  /**
   * The same with the files of the shipped template under keys that change with their content:
   * CloudFormation takes a file under its old key for the old file.
   */
  Deployment withKeysByContent() {
    var keys = new LinkedHashMap<>(parameters);
    var files = new LinkedHashMap<>(uploads);
    for (String parameter : KEY_PARAMETERS) {
      Matcher declared =
          Pattern.compile("(?m)^  " + parameter + ":\n(?:    .*\n)*?    Default: (\\S+)$")
              .matcher(template);
      if (declared.find() && !parameters.containsKey(parameter)) {
        String key = declared.group(1);
        Path file = uploads.get(key);
        if (file != null) {
          String named = digest(file) + "/" + key;
          keys.put(parameter, named);
          files.remove(key);
          files.put(named, file);
        }
      }
    }
    return new Deployment(stackName, source, template, keys, files);
  }

  private static String digest(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (IOException unreadable) {
      throw new Failure("cannot read " + file + ": " + Failure.reason(unreadable));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
