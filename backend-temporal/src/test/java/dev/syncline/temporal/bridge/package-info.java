// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.temporal.bridge;

import org.jspecify.annotations.NullMarked;
