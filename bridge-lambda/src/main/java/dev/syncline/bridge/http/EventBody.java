// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Validates the body of a request before anything is started. Stateless and thread-safe. */
public final class EventBody {

  private static final JsonFactory JSON = new JsonFactory();

  private EventBody() {}

  /**
   * Returns the body, unchanged, if it is one JSON text.
   *
   * @param maxBytes the maximum body, in UTF-8 bytes
   * @throws ProblemException 415 for another media type, 413 if too long, 400 if not JSON
   */
  public static String json(BridgeRequest request, int maxBytes) {
    request.header("content-type").ifPresent(EventBody::requireJson);
    String body = request.body() == null ? "" : request.body();
    // Four characters of base64 are three bytes: refuse a much too long body before decoding it.
    if (body.length() / 4 * 3 > (long) maxBytes * (request.base64() ? 1 : 3)) {
      throw tooLarge(maxBytes);
    }
    if (request.base64()) {
      body = decode(body);
    }
    int length = Utf8.length(body);
    if (length == Utf8.UNENCODABLE) {
      throw invalid("The body is not UTF-8 text.");
    }
    if (length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    requireOneJsonText(body);
    return body;
  }

  /** The problem for a body over the limit. */
  public static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        new Problem(
            413,
            "body-too-large",
            "Body too large",
            "The maximum body is  " + maxBytes + " bytes."));
  }

  private static void requireJson(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    type = type.strip().toLowerCase(Locale.ROOT);
    if (!type.equals("application/json") && !type.matches("[^/\\s]+/[^/\\s]+\\+json")) {
      throw new ProblemException(
          new Problem(
                  415,
                  "unsupported-media-type",
                  "Unsupported media type",
                  "Send the body as Content-Type: application/json.")
              .withHeader("Accept-Post", "application/json"));
    }
  }

  private static String decode(String base64) {
    try {
      return Utf8.decode(Base64.getDecoder().decode(base64));
    } catch (CharacterCodingException e) {
      throw invalid("The body is not UTF-8 text.");
    } catch (IllegalArgumentException e) {
      throw invalid("The body is not base64, although the event says so.");
    }
  }

  private static void requireOneJsonText(String body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == null) {
        throw invalid("The body is empty; send a JSON text.");
      }
      parser.skipChildren();
      parser.finishToken();
      if (parser.nextToken() != null) {
        throw invalid("The body has text after its first JSON text" + at(parser) + ".");
      }
    } catch (StreamConstraintsException e) {
      throw invalid("The body's JSON is nested too deeply or has a number or name too long.");
    } catch (JsonProcessingException e) {
      throw invalid("The body is not JSON" + at(e.getLocation()) + ".");
    } catch (IOException e) {
      throw invalid("The body is not JSON.");
    }
  }

  private static String at(JsonParser parser) {
    return at(parser.currentTokenLocation());
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(new Problem(400, "invalid-body", "Invalid body", detail));
  }
}
