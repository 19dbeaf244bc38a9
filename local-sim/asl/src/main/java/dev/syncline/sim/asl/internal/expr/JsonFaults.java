// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Locates JSON syntax errors as AWS does. AWS uses a version of Jackson (before 2.17) that names
 * the position after the token or character that it could not read, not the position before it.
 */
final class JsonFaults {
  private static final Pattern TOKEN = Pattern.compile("^Unrecognized token '([^']*)'");
  private static final Pattern CHARACTER =
      Pattern.compile("^(?:Unexpected c|Unrecognized character|Illegal unquoted)");

  private JsonFaults() {}

  /** The same error with the position that AWS names. */
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
