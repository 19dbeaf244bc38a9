// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.nio.file.Path;
import java.util.Map;

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
}
