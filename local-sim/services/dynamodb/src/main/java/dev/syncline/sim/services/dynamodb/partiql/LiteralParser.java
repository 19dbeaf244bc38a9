// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** Reads values: literals and parameters. */
final class LiteralParser {
  private static final String ROOT = "root";

  private final StatementReader reader;

  LiteralParser(StatementReader reader) {
    this.reader = reader;
  }

  /** Whether a value is next. */
  boolean isValue() {
    PartiqlToken token = reader.peek();
    return switch (token.type()) {
      case STRING, NUMBER, PARAMETER -> true;
      case WORD -> token.isWord("true") || token.isWord("false") || token.isWord("null");
      case SYMBOL ->
          token.is("[") || token.is("{") || token.is("<<") || token.is("-") || token.is("+");
      case QUOTED, END -> false;
    };
  }

  /** Reads a value. */
  AttributeValue value() {
    return value(ROOT);
  }

  private AttributeValue value(String path) {
    PartiqlToken token = reader.take();
    return switch (token.type()) {
      case STRING -> new AttributeValue.S(token.text());
      case NUMBER -> number(token.text(), path);
      case PARAMETER -> parameter(token, path);
      case WORD -> word(token, path);
      case SYMBOL -> symbol(token, path);
      case QUOTED, END -> throw PartiqlFaults.unexpected(token);
    };
  }

  private static AttributeValue number(String text, String path) {
    try {
      return new AttributeValue.N(DynamoNumber.parse(text));
    } catch (ValidationFault fault) {
      throw PartiqlFaults.bare(fault.text() + " under " + path);
    }
  }

  private AttributeValue parameter(PartiqlToken token, String path) {
    if (!path.equals(ROOT)) {
      throw PartiqlFaults.bare(
          "Unsupported data type: Parameter under key " + path + " at " + token.place());
    }
    return reader.parameter();
  }

  /** Reads a number behind one or more signs, the first of which has been read. */
  private AttributeValue signed(boolean negative, String path) {
    boolean minus = negative;
    PartiqlToken token = reader.take();
    while (token.is("-") || token.is("+")) {
      minus ^= token.is("-");
      token = reader.take();
    }
    if (token.type() != PartiqlToken.Type.NUMBER) {
      throw PartiqlFaults.unexpected(token);
    }
    return number((minus ? "-" : "") + token.text(), path);
  }

  private AttributeValue word(PartiqlToken token, String path) {
    if (reader.peek().is("(")) {
      throw PartiqlFaults.bare(
          "Unsupported data type: "
              + token.lower()
              + " under key "
              + path
              + " at "
              + token.place());
    }
    return switch (token.lower()) {
      case "true" -> new AttributeValue.Bool(true);
      case "false" -> new AttributeValue.Bool(false);
      case "null" -> new AttributeValue.Null();
      default -> throw PartiqlFaults.unexpected(token);
    };
  }

  private AttributeValue symbol(PartiqlToken token, String path) {
    return switch (token.text()) {
      case "-", "+" -> signed(token.is("-"), path);
      case "[" -> {
        reader.enter();
        var values = new ArrayList<AttributeValue>();
        if (!reader.peek().is("]")) {
          do {
            values.add(value(path + "[" + values.size() + "]"));
          } while (reader.takeIf(","));
        }
        reader.expect("]");
        reader.leave();
        yield new AttributeValue.L(values);
      }
      case "{" -> new AttributeValue.M(members(path, false));
      case "<<" -> set(path);
      default -> throw PartiqlFaults.unexpected(token);
    };
  }

  /** Reads the attributes of an item, whose opening brace has been read. */
  Map<String, AttributeValue> attributes() {
    return members(ROOT, true);
  }

  private Map<String, AttributeValue> members(String path, boolean isItem) {
    reader.enter();
    var members = new LinkedHashMap<String, AttributeValue>();
    if (!reader.peek().is("}")) {
      do {
        PartiqlToken name = reader.take();
        if (name.type() != PartiqlToken.Type.STRING) {
          throw PartiqlFaults.unexpected(name);
        }
        reader.expect(":");
        members.put(name.text(), value(isItem ? path : path + "." + name.text()));
      } while (reader.takeIf(","));
    }
    reader.expect("}");
    reader.leave();
    return members;
  }

  private AttributeValue set(String path) {
    var members = new ArrayList<AttributeValue>();
    var texts = new ArrayList<String>();
    if (!reader.peek().is(">>")) {
      do {
        if (reader.peek().type() == PartiqlToken.Type.PARAMETER) {
          throw PartiqlFaults.bare("Unsupported data type in Bag");
        }
        texts.add(reader.peek().text());
        members.add(value(path));
      } while (reader.takeIf(","));
    }
    reader.expect(">>");
    if (members.isEmpty()) {
      throw PartiqlFaults.bare("Empty bags are not supported");
    }
    var strings = new LinkedHashSet<String>();
    var numbers = new LinkedHashSet<DynamoNumber>();
    for (AttributeValue member : members) {
      switch (member) {
        case AttributeValue.S s -> strings.add(s.value());
        case AttributeValue.N n -> numbers.add(n.value());
        default -> throw PartiqlFaults.bare("Unsupported data type in Bag");
      }
    }
    if (!strings.isEmpty() && !numbers.isEmpty()) {
      throw PartiqlFaults.bare("DynamoDB only supports either numbers or strings in bags");
    }
    if (strings.size() + numbers.size() < members.size()) {
      throw PartiqlFaults.bare(
          "One or more parameter values were invalid: Input collection "
              + texts
              + (numbers.isEmpty()
                  ? " contains duplicates."
                  : " contains duplicates! under " + path));
    }
    return numbers.isEmpty() ? new AttributeValue.SS(strings) : new AttributeValue.NS(numbers);
  }
}
