// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The progress of {@code up}, for {@code GET /_syncline/health}. Thread-safe. */
final class Readiness {
  /** The phase of an instance. */
  enum Status {
    /** The port is open; the template is not deployed yet. */
    DEPLOYING,
    /** Everything requested is deployed. */
    READY,
    /** The port is open, but the last deployment failed. */
    FAILED
  }

  private record State(Status status, String reason) {}

  private volatile State state = new State(Status.DEPLOYING, "");

  /** Everything is deployed. */
  void ready() {
    state = new State(Status.READY, "");
  }

  /** The last deployment failed. */
  void failed(String reason) {
    state = new State(Status.FAILED, reason);
  }

  Status status() {
    return state.status();
  }

  /** As JSON; {@code reason} only when the deployment failed. */
  ObjectNode toJson() {
    State now = state;
    ObjectNode json = CliJson.object().put("status", now.status().name().toLowerCase(Locale.ROOT));
    if (!now.reason().isEmpty()) {
      json.put("reason", now.reason());
    }
    return json;
  }
}
