// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import java.util.Locale;

/** Errors for requests whose service is not known: XML for a form, JSON for anything else. */
public final class PlainErrors {
  private PlainErrors() {}

  /** Writes the error in the format that the client most likely expects. */
  public static WireResponse of(WireRequest request, AwsException error, String requestId) {
    boolean form =
        request
                .header("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent()
            || request.query().stream().anyMatch(entry -> entry.getKey().equals("Action"));
    return form
        ? QueryCodec.xmlError(
            error.code(), error, requestId, "http://queryapi.amazonaws.com/doc/", false)
        : JsonErrors.error(error, requestId, "application/json", true);
  }
}
