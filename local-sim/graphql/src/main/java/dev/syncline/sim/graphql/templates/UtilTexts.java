// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import dev.syncline.sim.vtl.JavaScriptText;
import dev.syncline.sim.vtl.TemplateWork;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** JSON and texts in {@code $util}. A null text gives null. Stateless. */
final class UtilTexts {
  private UtilTexts() {}

  /** A function of one text. */
  @FunctionalInterface
  private interface OfText {
    @Nullable Object call(String text);
  }

  static FunctionTable add(FunctionTable table) {
    table
        .add("toJson", (run, in) -> JavaValues.text(in.get(0)), Object.class)
        .add("base64Encode", (run, in) -> encoded((byte[]) in.get(0)), byte[].class);
    table.add(
        "matches",
        (run, in) -> matches(run, in.needed(0), in.needed(1)),
        String.class,
        String.class);
    ofText(table, "parseJson", UtilTexts::parsed);
    ofText(table, "escapeJavaScript", JavaScriptText::escaped);
    ofText(table, "urlEncode", text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
    ofText(table, "urlDecode", text -> URLDecoder.decode(text, StandardCharsets.UTF_8));
    ofText(table, "base64Encode", text -> encoded(text.getBytes(StandardCharsets.UTF_8)));
    ofText(table, "base64Decode", text -> decoded(Base64.getDecoder().decode(text)));
    return table;
  }

  private static void ofText(FunctionTable table, String name, OfText function) {
    table.add(
        name, (run, in) -> in.text(0) == null ? null : function.call(in.needed(0)), String.class);
  }

  private static boolean matches(TemplateRun run, String regex, String text) {
    TemplateWork.charge(1 + regex.length() + text.length());
    try {
      return BoundedPattern.of(regex).matches(text, run.matching());
    } catch (PatternTooCostlyException tooCostly) {
      throw new IllegalArgumentException(tooCostly.getMessage(), tooCostly);
    }
  }

  private static @Nullable String encoded(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  /** A text where the bytes are one, so that it can be shown; else the bytes. */
  private static Object decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return bytes;
    }
  }

  /** Null for what is not JSON: templates ask whether a text is a list by parsing it. */
  private static @Nullable Object parsed(String text) {
    try {
      return JavaValues.of(JavaValues.MAPPER.readTree(text));
    } catch (JsonProcessingException malformed) {
      return null;
    }
  }
}
