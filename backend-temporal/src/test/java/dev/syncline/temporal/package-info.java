// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.temporal;

import org.jspecify.annotations.NullMarked;
