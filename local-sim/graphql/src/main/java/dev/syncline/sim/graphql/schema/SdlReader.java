// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumTypeExtensionDefinition;
import graphql.language.SDLDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.language.UnionTypeExtensionDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.nio.charset.StandardCharsets;

/** Reads SDL within limits. */
final class SdlReader {
  /** Bytes of a schema in UTF-8. */
  static final int MAX_BYTES = 1024 * 1024;

  /** Nested rules of the grammar; a list type takes two. */
  private static final int MAX_RULE_DEPTH = 200;

  private static final ParserOptions OPTIONS =
      ParserOptions.newParserOptions()
          .maxCharacters(2 * MAX_BYTES)
          .maxTokens(MAX_BYTES)
          .maxWhitespaceTokens(MAX_BYTES)
          .maxRuleDepth(MAX_RULE_DEPTH)
          .captureLineComments(false)
          .captureIgnoredChars(false)
          .readerTrackData(false)
          .build();

  private SdlReader() {}

  /**
   * Reads a document.
   *
   * @throws SchemaException for a syntax error, or when it is too large or nested too deep
   */
  static Document read(String sdl) throws SchemaException {
    if (sdl.length() > MAX_BYTES || sdl.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new SchemaException(SchemaTexts.TOO_LARGE);
    }
    try {
      Document document =
          new Parser()
              .parseDocument(
                  ParserEnvironment.newParserEnvironment()
                      .document(SdlScanner.rewrite(sdl))
                      .parserOptions(OPTIONS)
                      .build());
      if (document.getDefinitions().stream().allMatch(SdlReader::isTaken)) {
        return document;
      }
    } catch (InvalidSyntaxException malformed) {
      throw new SchemaException(SchemaTexts.NOT_SDL, malformed);
    }
    throw new SchemaException(SchemaTexts.NOT_SDL);
  }

  /** Whether the grammar of 2018 has a definition: it knows no empty enum or union. */
  private static boolean isTaken(Definition<?> definition) {
    return switch (definition) {
      case EnumTypeExtensionDefinition extension -> true;
      case UnionTypeExtensionDefinition extension -> true;
      case EnumTypeDefinition values -> !values.getEnumValueDefinitions().isEmpty();
      case UnionTypeDefinition union -> !union.getMemberTypes().isEmpty();
      default -> definition instanceof SDLDefinition;
    };
  }
}
