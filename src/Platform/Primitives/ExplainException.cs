namespace Platform.Primitives;

/// <summary>An exception that is a caller's mistake or a passing trouble, told by the room that throws it; registered in the container, asked in order.</summary>
/// <param name="exception">What was thrown.</param>
/// <returns>The problem; null where the exception is a bug.</returns>
public delegate Problem? ExplainException(Exception exception);
