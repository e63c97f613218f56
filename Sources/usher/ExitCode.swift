internal import Basics

/// The argument parser has a type of this name too; in this target the product's own is meant.
typealias ExitCode = Basics.ExitCode
