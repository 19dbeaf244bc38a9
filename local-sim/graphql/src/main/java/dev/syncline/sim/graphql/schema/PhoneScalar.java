// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/**
 * The rule of AWSPhone: a number that exists in its number plan, of the North American plan without
 * a country code. The plans are loaded with the first number.
 */
final class PhoneScalar {
  /** Characters of a phone number that is looked at. */
  private static final int MAX_LENGTH = 250;

  private PhoneScalar() {}

  static boolean isPhone(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      return plans.isValidNumber(plans.parse(text, "US"));
    } catch (NumberParseException notANumber) {
      return false;
    }
  }
}
