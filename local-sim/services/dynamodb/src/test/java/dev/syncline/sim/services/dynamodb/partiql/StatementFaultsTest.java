// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementFaultsTest {
  private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";

  private static String faultOf(String text, AttributeValue... parameters) {
    ValidationFault fault =
        catchThrowableOfType(
            ValidationFault.class, () -> Statement.parse(text, List.of(parameters)));
    return fault == null ? "no fault" : fault.text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          HELLO "t"                                   | Expected data manipulation
          (                                           | Expected data manipulation
          SELECT * FROM "t" WHERE                     | Unexpected term
          SELECT * FROM "t" WHERE;                    | Unexpected term
          SELECT * FROM "t" WHERE NOT                 | Unexpected term
          SELECT * FROM "t" WHERE (                   | Unexpected term
          UPDATE "t" SET a = 1 WHERE                  | Unexpected term
          DELETE FROM "t" WHERE                       | Unexpected term
          SELECT * FROM                               | Unexpected term
          SELECT * FROM "t" WHERE ORDER BY pk         | Unexpected keyword
          SELECT * FROM "t" WHERE pad = 'x'           | Unexpected keyword
          SELECT * FROM "t" WHERE IS NULL             | Unexpected operator
          SELECT * FROM "t" WHERE pk = LIKE           | Unexpected operator
          SELECT * FROM "t" WHERE pk = 'a' AND        | Missing right-hand side expression of infix operator
          SELECT * FROM "t" WHERE pk = 'a' OR         | Missing right-hand side expression of infix operator
          SELECT * FROM "t" WHERE x IS FOO            | Expected type name
          SELECT * FROM "t" WHERE m.inner = 1         | Invalid path dot component
          DELETE FROM                                 | Expected identifier for simple path
          DELETE FROM;                                | Expected identifier for simple path
          DELETE FROM WHERE pk = 'a'                  | Expected identifier for simple path
          SELECT * FROM "t" WHERE pk = 1 foo          | Unexpected token after expression
          SELECT * FROM "t" WHERE pk = 1 e5           | Unexpected token after expression
          SELECT * FROM "t" WHERE pk = 1)             | Unexpected token after expression
          SELECT * FROM "t"; SELECT * FROM "t"        | Unexpected token after expression
          SELECT * FROM "t" ORDER BY pk WHERE pk = 1  | Unexpected token after expression
          INSERT INTO "t" VALUE {'pk': 1} foo         | Unexpected token after expression
          INSERT INTO "t" t VALUE {'pk': 1}           | Unexpected token after expression
          UPDATE "t" SET a = 9 WHERE pk = 1 foo       | Unexpected token after expression
          DELETE FROM "t" WHERE pk = 1 ORDER BY pk    | Unexpected token after expression
          FROM "t" SET c = 1 WHERE pk = 'a'           | Unexpected token after expression
          """)
  void statementsThatCannotBeReadSayWhy(String text, String detail) {
    assertThat(faultOf(text)).isEqualTo(MALFORMED + detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM \"t\" WHERE pk = 1e2147483648",
        "SELECT * FROM \"t\" WHERE pk = 1e99999999999",
        "SELECT * FROM \"t\" WHERE pk = 1.5e-2147483647",
        "SELECT * FROM \"t\" WHERE pk = 1 # note",
        "SELECT * FROM \"t\" WHERE pk = 1 /* note",
        "SELECT * FROM \"t\" WHERE pk = 'open",
      })
  void statementsThatCannotBeSplitSayNothing(String text) {
    assertThat(faultOf(text)).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM "t" x WHERE pk = 'x'          | Aliasing is not supported
          SELECT * FROM "t" AS x WHERE pk = 'x'       | Aliasing is not supported
          SELECT a AS b FROM "t"                      | Aliasing is not supported
          UPDATE "t" x SET a = 3 WHERE pk = 'x'       | Aliasing is not supported
          DELETE FROM "t" x WHERE pk = 'x'            | Aliasing is not supported
          SELECT COUNT(*) FROM "t"                    | Unexpected path component at 1:8:5
          SELECT a, attribute_exists(b) FROM "t"      | Unexpected path component at 1:11:16
          SELECT * FROM "t" WHERE EXISTS(a)           | Unrecognized function: exists at 1:25:6
          SELECT * FROM "t" WHERE set_add(a, <<1>>) = a | Unrecognized function: set_add at 1:25:7
          INSERT INTO "t" VALUE {'a': set_add(<<1>>)} | Unsupported data type: set_add under key root at 1:29:7
          SELECT * FROM ""                            | Path component cannot be an empty string
          SELECT * FROM "a"."b"."c"                   | A path may contain at most 2 components in the FROM clause
          UPDATE "t"."i" SET a = 1 WHERE pk = 1       | This operation is not supported on an index
          DELETE FROM "t"."i" WHERE pk = 1            | This operation is not supported on an index
          DELETE FROM "t" WHERE pk = 1 RETURNING MODIFIED OLD * | Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.
          UPDATE "t" SET a = set_add(b, <<1>>)        | The first argument to SET_ADD must equal the assignment value at 1:20:7
          UPDATE "t" SET a = set_add(<<1>>, <<1>>)    | The first argument to SET_ADD must equal the assignment value at 1:20:7
          UPDATE "t" SET a = set_add(a, 'x')          | The second argument to SET_ADD must be a value with type SET at 1:28:1
          UPDATE "t" SET a = set_delete(a, ['x'])     | The second argument to SET_DELETE must be a value with type SET at 1:31:1
          UPDATE "t" SET a = set_add(a)               | SET_ADD must have exactly two arguments at 1:20:7
          UPDATE "t" SET a = set_add(a, <<1>>, <<2>>) | SET_ADD must have exactly two arguments at 1:20:7
          UPDATE "t" SET a = set_add(a, <<>>)         | Empty bags are not supported
          INSERT INTO "t" VALUE {'a': <<'x', 1>>}     | DynamoDB only supports either numbers or strings in bags
          INSERT INTO "t" VALUE {'a': <<?>>}          | Unsupported data type in Bag
          INSERT INTO "t" VALUE {'a': <<'x', 'x'>>}   | One or more parameter values were invalid: Input collection [x, x] contains duplicates.
          INSERT INTO "t" VALUE {'a': <<2, 2.0>>}     | One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root
          UPDATE "t" SET x = [?]                      | Unsupported data type: Parameter under key root[0] at 1:21:1
          INSERT INTO "t" VALUE {'m': {'k': ?}}       | Unsupported data type: Parameter under key root.k at 1:35:1
          SELECT l[2147483648] FROM "t"               | List index is not within the allowable range; index: [2147483648] at 1:10:10
          SELECT * FROM "t" WHERE pk = ?              | Number of parameters in request and statement don't match.
          SELECT * FROM "t" WHERE attribute_exists('a') | Operator or function requires a document path; operator or function: attribute_exists
          SELECT * FROM "t" WHERE attribute_exists()  | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0
          SELECT * FROM "t" WHERE attribute_exists(a, b) | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2
          SELECT * FROM "t" WHERE a < true            | Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
          SELECT * FROM "t" WHERE NOT a >= [1]        | Incorrect operand type for operator or function; operator or function: >=, operand type: L
          SELECT * FROM "t" WHERE a BETWEEN true AND false | Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL
          SELECT * FROM "t" WHERE begins_with(a, 1)   | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
          UPDATE "t" SET a = 1 SET a = 2              | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]
          """)
  void refusedStatementsHaveTheirOwnWords(String text, String sentence) {
    assertThat(faultOf(text)).isEqualTo(sentence);
  }

  @Test
  void numbersOutOfRangeNameTheirPlace() {
    String overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";
    assertThat(faultOf("SELECT * FROM \"t\" WHERE pk = 1e126")).isEqualTo(overflow + " under root");
    assertThat(faultOf("INSERT INTO \"t\" VALUE {'pk': 1e126}"))
        .isEqualTo(overflow + " under root");
    assertThat(faultOf("INSERT INTO \"t\" VALUE {'pk': 1, 'm': {'x': 1e126}}"))
        .isEqualTo(overflow + " under root.x");
    assertThat(faultOf("INSERT INTO \"t\" VALUE {'pk': 1, 'l': [1, 1e126]}"))
        .isEqualTo(overflow + " under root[1]");
    assertThat(faultOf("UPDATE \"t\" SET a = 1e-131 WHERE pk = 9"))
        .isEqualTo(
            "Number underflow. Attempting to store a number with magnitude smaller than supported"
                + " range under root");
    assertThat(faultOf("SELECT * FROM t WHERE pk = 123456789012345678901234567890123456789"))
        .isEqualTo("Attempting to store more than 38 significant digits in a Number under root");
  }

  @Test
  void deepNestingIsRefusedWithoutOverflow() {
    assertThat(faultOf("SELECT * FROM t WHERE " + "(".repeat(4000))).startsWith(MALFORMED);
    assertThat(faultOf("SELECT * FROM t WHERE " + "NOT ".repeat(2000) + "a = 1"))
        .isEqualTo("no fault");
    assertThat(faultOf("INSERT INTO t VALUE {'a': " + "[".repeat(4000))).startsWith(MALFORMED);
    assertThat(faultOf("UPDATE t SET a = " + "(".repeat(4000))).startsWith(MALFORMED);
  }
}
