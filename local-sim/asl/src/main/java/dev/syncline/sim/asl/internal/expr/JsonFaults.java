// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a text is not JSON, as AWS tells it: AWS reads with a version of Jackson (before 2.17) that
 * named the place behind the token or character that it could not take, not the one before it.
 */
final class JsonFaults {
  private static final Pattern TOKEN = Pattern.compile("^Unrecognized token '([^']*)'");
  private static final Pattern CHARACTER =
      Pattern.compile("^(?:Unexpected c|Unrecognized character|Illegal unquoted)");

  private JsonFaults() {}

  /** The same fault at the place that AWS names. */
  static JsonParseException asAws(JsonParseException fault) {
    JsonLocation at = fault.getLocation();
    String message = String.valueOf(fault.getOriginalMessage());
    int behind = behind(message);
    if (at == null || behind == 0) {
      return fault;
    }
    var moved =
        new JsonLocation(
            at.contentReference(),
            at.getByteOffset(),
            at.getCharOffset() + behind,
            at.getLineNr(),
            at.getColumnNr() + behind);
    return new JsonParseException((JsonParser) null, message, moved);
  }

  private static int behind(String message) {
    Matcher token = TOKEN.matcher(message);
    if (token.find()) {
      return token.group(1).length();
    }
    return CHARACTER.matcher(message).find() ? 1 : 0;
  }
}
