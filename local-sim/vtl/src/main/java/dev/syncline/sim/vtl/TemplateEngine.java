// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.velocity.Template;
import org.apache.velocity.exception.ExtendedParseException;
import org.apache.velocity.exception.MethodInvocationException;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.parser.ParseException;

/**
 * Renders mapping templates. Velocity is loaded with the first template; parsed templates are
 * cached. Thread-safe.
 */
public final class TemplateEngine {
  private static final int MAX_CAUSES = 10;
  private static final Pattern POSITION = Pattern.compile("line (\\d+), column (\\d+)");

  private final TemplateLimits limits;
  private final Consumer<String> patterns;
  private final TemplateDialect dialect;
  private final TemplateCache cache = new TemplateCache();

  /** Velocity for each dialect, loaded once. */
  private static final class Loaded {
    static final BoundedRuntime RUNTIME = new BoundedRuntime(TemplateDialect.API_GATEWAY);

    /** The one of AppSync. */
    private static final class WithReturn {
      static final BoundedRuntime RUNTIME = new BoundedRuntime(TemplateDialect.APPSYNC);
    }

    static BoundedRuntime runtime(TemplateDialect dialect) {
      return dialect == TemplateDialect.APPSYNC ? WithReturn.RUNTIME : RUNTIME;
    }
  }

  /**
   * An engine.
   *
   * @param patterns throws an {@link IllegalArgumentException} for a regular expression whose steps
   *     cannot be counted by the characters that it reads
   */
  public TemplateEngine(TemplateLimits limits, Consumer<String> patterns) {
    this(limits, patterns, TemplateDialect.API_GATEWAY);
  }

  /** As {@link #TemplateEngine(TemplateLimits, Consumer)}, for the dialect of a service. */
  public TemplateEngine(TemplateLimits limits, Consumer<String> patterns, TemplateDialect dialect) {
    this.limits = limits;
    this.patterns = patterns;
    this.dialect = dialect;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateException for a template that cannot be parsed or is over a limit
   */
  public void check(String template) throws TemplateException {
    parsed(template);
  }

  /**
   * Renders a template.
   *
   * @param variables by name without the dollar sign; texts, numbers, lists, maps and {@link
   *     TemplateObject}s. Lists and maps may be changed by the template
   * @throws TemplateException for a template that cannot be parsed or rendered, or is over a limit
   */
  public String render(String template, Map<String, ?> variables) throws TemplateException {
    return switch (evaluate(template, variables)) {
      case TemplateResult.Rendered rendered -> rendered.text();
      case TemplateResult.Returned returned -> "";
    };
  }

  /**
   * As {@link #render}, telling a rendering that ran to its end from one that returned.
   *
   * @throws TemplateAbort as a {@link TemplateObject} threw it
   */
  public TemplateResult evaluate(String template, Map<String, ?> variables)
      throws TemplateException {
    Template parsed = parsed(template);
    var budget = new RenderBudget(limits);
    var output = new BoundedWriter(limits.outputChars());
    budget.begin();
    GuardedText.begin(patterns);
    try {
      parsed.merge(new RenderContext(variables), output);
      return new TemplateResult.Rendered(output.toString());
    } catch (ReturnDirective.Signal signal) {
      return new TemplateResult.Returned(signal.value());
    } catch (TemplateAbort abort) {
      throw abort;
    } catch (TemplateFault fault) {
      throw fault.at(budget.line(), budget.column());
    } catch (BoundedRuntime.PositionedFault fault) {
      throw fault.exception();
    } catch (MethodInvocationException failed) {
      throw new TemplateException(reason(failed), failed.getLineNumber(), failed.getColumnNumber());
    } catch (VelocityException failed) {
      throw new TemplateException(reason(failed), budget.line(), budget.column());
    } catch (StackOverflowError tooDeep) {
      throw new TemplateException(
          "The template or its data is nested too deeply", budget.line(), budget.column());
    } catch (RuntimeException failed) {
      throw new TemplateException("The template failed: " + failed, budget.line(), budget.column());
    } finally {
      GuardedText.end();
      RenderBudget.end();
    }
  }

  private Template parsed(String text) throws TemplateException {
    if (text.length() > limits.templateChars()) {
      String reason =
          "The template has "
              + text.length()
              + " characters; the limit is "
              + limits.templateChars();
      throw new TemplateException(reason, reason, 0, 0, TemplateException.Kind.LIMIT);
    }
    Template known = cache.get(text);
    if (known != null) {
      return known;
    }
    Template parsed = parse(text);
    cache.put(text, parsed);
    return parsed;
  }

  private Template parse(String text) throws TemplateException {
    try {
      return Loaded.runtime(dialect).template(text);
    } catch (ParseException malformed) {
      var error = new ParseErrorException(malformed, "template");
      throw malformed(reason(malformed), error.getLineNumber(), error.getColumnNumber());
    } catch (BoundedRuntime.PositionedFault refused) {
      throw refused.exception();
    } catch (VelocityException malformed) {
      int line = 0;
      int column = 0;
      if (malformed instanceof ExtendedParseException positioned) {
        line = positioned.getLineNumber();
        column = positioned.getColumnNumber();
      }
      throw malformed(reason(malformed), line, column);
    } catch (IndexOutOfBoundsException | NumberFormatException incomplete) {
      // Velocity reads the four digits of \\u in a text without looking.
      throw new TemplateException("A text has \\u without four hexadecimal digits", 0, 0);
    } catch (StackOverflowError tooDeep) {
      throw new TemplateException("The template is nested too deeply", 0, 0);
    }
  }

  /** A parse error; Velocity tells some positions only in its text. */
  private static TemplateException malformed(String reason, int line, int column) {
    Matcher position = POSITION.matcher(reason);
    String first =
        reason
            .lines()
            .findFirst()
            .orElse(reason)
            .replace("org.apache.velocity.runtime.parser.TokenMgrError: ", "");
    if (line <= 0 && position.find()) {
      return new TemplateException(
          first,
          reason,
          Integer.parseInt(position.group(1)),
          Integer.parseInt(position.group(2)),
          TemplateException.Kind.MALFORMED);
    }
    return new TemplateException(first, reason, line, column, TemplateException.Kind.MALFORMED);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
