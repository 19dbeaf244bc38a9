// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.eventbridge;

import java.util.List;

/**
 * What a connection adds to a request. Holds secrets: neither log it nor put it into the journal.
 *
 * @param headers added to the request's headers
 * @param query added to its query
 * @param body added to its JSON body
 */
public record ConnectionCredentials(
    Authorization authorization,
    List<Parameter> headers,
    List<Parameter> query,
    List<Parameter> body) {

  /** How the request is authorized. */
  public sealed interface Authorization {
    /** A header of that name with the value. */
    record ApiKey(String name, String value) implements Authorization {
      @Override
      public String toString() {
        return "ApiKey[name=" + name + "]";
      }
    }

    /** HTTP basic authentication. */
    record Basic(String username, String password) implements Authorization {
      @Override
      public String toString() {
        return "Basic[username=" + username + "]";
      }
    }
  }

  /** A further header, query parameter or body field; secret ones are never described. */
  public record Parameter(String key, String value, boolean secret) {
    @Override
    public String toString() {
      return "Parameter[key=" + key + "]";
    }
  }
}
