// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The methods of texts whose cost does not follow from the lengths of their arguments: repetitions
 * and regular expressions. They give what Java's methods give, and charge while they work.
 */
final class GuardedText {
  private static final ThreadLocal<Consumer<String>> PATTERNS = new ThreadLocal<>();
  private static final Pattern WIDE = Pattern.compile("%[^a-zA-Z%]{0,20}?\\d{4}");

  /** The work that one conversion of a format may need. */
  private static final int CONVERSION = 1000;

  private GuardedText() {}

  static void begin(Consumer<String> patterns) {
    PATTERNS.set(patterns);
  }

  static void end() {
    PATTERNS.remove();
  }

  /** Whether this class carries out the method. */
  static boolean guards(String method, @Nullable Object[] arguments) {
    return switch (method) {
      case "repeat" -> is(arguments, Integer.class);
      case "matches" -> is(arguments, String.class);
      case "split" -> is(arguments, String.class) || is(arguments, String.class, Integer.class);
      case "replaceAll", "replaceFirst" -> is(arguments, String.class, String.class);
      default -> false;
    };
  }

  private static boolean is(@Nullable Object[] arguments, Class<?>... types) {
    if (arguments.length != types.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  static Object call(String text, String method, @Nullable Object[] arguments) {
    RenderBudget budget = RenderBudget.current();
    return switch (method) {
      case "repeat" -> {
        int count = (Integer) argument(arguments, 0);
        if (count < 0) {
          throw new TemplateFault("repeat: the count is negative: " + count);
        }
        budget.text((long) text.length() * count);
        yield text.repeat(count);
      }
      case "matches" -> matcher(text, arguments, budget).matches();
      case "split" ->
          split(
              text,
              matcher(text, arguments, budget),
              arguments.length > 1 ? (Integer) argument(arguments, 1) : 0);
      case "replaceAll" -> replaced(text, arguments, budget, Integer.MAX_VALUE);
      default -> replaced(text, arguments, budget, 1);
    };
  }

  /** Charges for a method before it runs, where its result may be much longer than its inputs. */
  static void before(String text, String method, @Nullable Object[] arguments) {
    RenderBudget budget = RenderBudget.current();
    if (method.equals("replace")
        && arguments.length == 2
        && arguments[0] instanceof CharSequence old
        && arguments[1] instanceof CharSequence replacement) {
      long growth = Math.max(0, (long) replacement.length() - old.length());
      long most = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
      long found = growth == 0 ? 0 : Math.min(most, count(text, old.toString()));
      budget.text(text.length() + found * growth);
    } else if (method.equals("format")) {
      for (Object argument : arguments) {
        if (argument instanceof String format && WIDE.matcher(format).find()) {
          throw new TemplateFault("format: a width has at most 3 digits");
        }
        budget.shown(argument);
        if (argument instanceof String format) {
          budget.charge(CONVERSION * format.chars().filter(c -> c == '%').count());
        }
      }
    }
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return text.length() + 1L;
    }
    long found = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      found++;
    }
    return found;
  }

  private static Object argument(@Nullable Object[] arguments, int index) {
    Object argument = arguments[index];
    if (argument == null) {
      throw new TemplateFault("an argument has no value");
    }
    return argument;
  }

  private static Matcher matcher(String text, @Nullable Object[] arguments, RenderBudget budget) {
    String regex = (String) argument(arguments, 0);
    try {
      Consumer<String> patterns = PATTERNS.get();
      if (patterns != null) {
        patterns.accept(regex);
      }
      budget.charge(regex.length());
      return Pattern.compile(regex).matcher(new CountedText(text, 0, text.length(), budget));
    } catch (IllegalArgumentException malformed) {
      throw new TemplateFault(
          "The regular expression '" + regex + "' is refused: " + malformed.getMessage());
    }
  }

  private static String replaced(
      String text, @Nullable Object[] arguments, RenderBudget budget, int most) {
    Matcher matcher = matcher(text, arguments, budget);
    String replacement = (String) argument(arguments, 1);
    var result = new StringBuilder();
    for (int i = 0; i < most && matcher.find(); i++) {
      budget.text(replacement.length());
      matcher.appendReplacement(result, replacement);
    }
    matcher.appendTail(result);
    budget.text(result.length());
    return result.toString();
  }

  /** As {@link String#split(String, int)}. */
  private static String[] split(String text, Matcher matcher, int limit) {
    var parts = new ArrayList<String>();
    int from = 0;
    while (matcher.find() && (limit <= 0 || parts.size() < limit - 1)) {
      boolean emptyAtStart = matcher.start() == 0 && matcher.end() == 0;
      if (!emptyAtStart) {
        parts.add(text.substring(from, matcher.start()));
        from = matcher.end();
      }
    }
    if (from == 0 && parts.isEmpty()) {
      return new String[] {text};
    }
    parts.add(text.substring(from));
    return trimmed(parts, limit).toArray(new String[0]);
  }

  private static List<String> trimmed(List<String> parts, int limit) {
    int size = parts.size();
    while (limit == 0 && size > 0 && parts.get(size - 1).isEmpty()) {
      size--;
    }
    return parts.subList(0, size);
  }

  /** A text each of whose characters is charged when it is read. */
  private record CountedText(String text, int from, int to, RenderBudget budget)
      implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      budget.charge(1);
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      budget.charge(1);
      return new CountedText(text, from + start, from + end, budget);
    }

    @Override
    public String toString() {
      budget.charge(length());
      return text.substring(from, to);
    }
  }
}
