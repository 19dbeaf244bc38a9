// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.b;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bool;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.m;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ns;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;

import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes expressions of random tokens and of correct ones that are damaged, reads them in every
 * grammar, and applies what can be read. Only a {@link ValidationFault} may come of it. {@code
 * main} runs without end: its argument is the first seed.
 */
final class ExpressionFuzzer {
  private static final List<String> TOKENS =
      List.of(
          "a",
          "b",
          "c",
          "li",
          "m",
          "status",
          "_x",
          "#a",
          "#b",
          "#undefined",
          ":n",
          ":s",
          ":l",
          ":ss",
          ":undefined",
          "AND",
          "OR",
          "not",
          "BETWEEN",
          "in",
          "SET",
          "REMOVE",
          "ADD",
          "DELETE",
          "(",
          ")",
          "((",
          "))",
          "[",
          "]",
          "[0]",
          "[1]",
          "[99999999999]",
          ".",
          ",",
          "=",
          "<>",
          "<",
          "<=",
          ">",
          ">=",
          "+",
          "-",
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size",
          "if_not_exists",
          "list_append",
          "unknown",
          "0",
          "12",
          "!",
          "\u00fc",
          "\ud83d\ude00",
          "\ud83d",
          "#",
          ":",
          " ",
          "\t",
          "\n");

  private static final List<String> CORRECT =
      List.of(
          "a = :n AND (b <> :s OR NOT contains(li, :n))",
          "size(m.x) BETWEEN :n AND :n OR attribute_type(a, :s)",
          "a IN (b, c, :n) AND begins_with(#a, :s)",
          "SET a = b + :n, li[1] = if_not_exists(m.x, list_append(li, :l)) REMOVE m.y, li[0]",
          "ADD c :n, #b :ss DELETE ss :ss",
          "a, m.x, li[0].y, #a.#b",
          "a = :s AND b BETWEEN :s AND :s");

  private static final Item ITEM =
      item(
          "a",
          n("1"),
          "b",
          s("text"),
          "c",
          n("2"),
          "ss",
          ss("x"),
          "li",
          l(n("1"), m("y", s("z"))),
          "m",
          m("x", l(s("q")), "y", bool(true)),
          "d",
          b("bytes"),
          "e",
          ns("1"));

  private final Random random;

  ExpressionFuzzer(long seed) {
    random = new Random(seed);
  }

  /** Runs until it is stopped or an expression fails. */
  public static void main(String[] arguments) {
    long seed = arguments.length == 0 ? 0 : Long.parseLong(arguments[0]);
    for (; ; seed++) {
      new ExpressionFuzzer(seed).run(10_000);
      System.out.println("seed " + seed);
    }
  }

  /** Tries so many expressions; gives how many could be read in some grammar. */
  int run(int count) {
    int read = 0;
    for (int at = 0; at < count; at++) {
      read += tried(at % 2 == 0 ? soup() : damaged()) ? 1 : 0;
    }
    return read;
  }

  private String soup() {
    var text = new StringBuilder();
    for (int length = 1 + random.nextInt(25); length > 0; length--) {
      text.append(token()).append(random.nextInt(3) > 0 ? " " : "");
    }
    return text.toString();
  }

  private String damaged() {
    var pieces = new ArrayList<>(List.of(any(CORRECT).split("(?<=[ ,()\\[\\].])")));
    for (int changes = random.nextInt(4); changes > 0 && !pieces.isEmpty(); changes--) {
      int at = random.nextInt(pieces.size());
      switch (random.nextInt(6)) {
        case 0 -> pieces.remove(at);
        case 1 -> pieces.add(at, token());
        case 2 -> pieces.set(at, token());
        case 3 -> pieces.add(at, pieces.get(random.nextInt(pieces.size())));
        case 4 -> pieces.addAll(at, List.copyOf(pieces));
        default -> {
          String bracket = random.nextBoolean() ? "(" : "size(";
          int depth = 1 << random.nextInt(9);
          pieces.add(at, bracket.repeat(depth));
          pieces.add(random.nextInt(pieces.size() - at) + at + 1, ")".repeat(depth));
        }
      }
    }
    return String.join("", pieces);
  }

  private String token() {
    return any(TOKENS);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static boolean tried(String text) {
    try {
      boolean read = false;
      read |= allowed(() -> Conditions.parse(ExpressionKind.CONDITION, text, names()).test(ITEM));
      read |= allowed(() -> KeyCondition.parse(text, names()).parts());
      read |= allowed(() -> ProjectionExpression.parse(text, names()).apply(ITEM));
      read |=
          allowed(
              () -> {
                UpdateExpression update = UpdateExpression.parse(text, names());
                update.updated(update.apply(ITEM, Item.EMPTY));
                update.apply(null, item("k", s("1")));
              });
      return read;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("Failed for <" + text + ">", e);
    }
  }

  private static boolean allowed(Runnable run) {
    try {
      run.run();
      return true;
    } catch (ValidationFault fault) {
      if (fault.text().isBlank()) {
        throw new AssertionError("A fault without a text");
      }
      return false;
    }
  }

  private static ExpressionScope names() {
    return scope(
        "#a", "a", "#b", "status", ":n", n("5"), ":s", s("S"), ":l", l(s("x")), ":ss", ss("y"));
  }
}
