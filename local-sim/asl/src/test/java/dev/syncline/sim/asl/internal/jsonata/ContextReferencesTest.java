// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextReferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "phone | phone",
        "phone.number | phone",
        "$ | $",
        "$$.a | $$",
        "$states.input[$$.x = 1] | $$",
        "*.a | *",
        "$sum(prices) | prices",
        "{'a': foo} | foo",
        "[1, foo] | foo",
        "($x := foo; $x) | foo",
        "$states.input.a + b | b",
        "function($v){ $v + other }(1) | other",
        "true ? yes : 1 | yes",
        "`two words`.x | two words",
        "$states.input.a in names | names",
        "foo(1) | foo",
        "$map($states.input.l, $f) ~> $sum + rest | rest",
      })
  void referencesToTheContextItemAreFound(String expression, String reference) {
    assertThat(Program.parse(expression).contextReference()).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.phone.number",
        "$states.input.phone[type = 'mobile' and $.main].number",
        "$states.input.(a + b)",
        "$states.input.orders{customer: $sum(price)}",
        "$states.input.orders^(<price, >name)",
        "$states.input.orders.{'id': id, 'n': $count(lines)}",
        "$map($states.input.l, function($v, $i){ $v.name & $i })",
        "$filter($states.input.l, λ($v){ $v.a > 3 })",
        "$states.input ~> |orders|{'total': price * 2}, ['secret']|",
        "$x := 1",
        "[1..3].{'n': $}",
        "$states.input.a ? 'yes' : 'no'",
        "$contains($states.input.t, /a[/]b/i) and $not($x)",
        "$states.input.l[[0..2]] /* comment with names */",
        "$states.input.books@$b.authors#$i.name",
        "$substring(?, 0, 5)",
        "1e3 + 2.5 - -$states.input.n",
        "'a string with names' & \"another\"",
      })
  void pathsThatStartFromAVariableAreUnchanged(String expression) {
    assertThat(Program.parse(expression).contextReference()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$states.input.a ?: 'default'", "$states.input.a ?? 'default'"})
  void operatorsOfLaterVersionsAreRefused(String expression) {
    assertThatThrownBy(() -> Program.parse(expression)).isInstanceOf(JsonataException.class);
  }
}
