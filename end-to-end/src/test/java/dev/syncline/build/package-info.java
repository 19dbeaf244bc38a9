// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of the build itself: the doors between modules, the layout of sources, the house rules.
 */
@NullMarked
package dev.syncline.build;

import org.jspecify.annotations.NullMarked;
