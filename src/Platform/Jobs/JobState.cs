namespace Platform.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Its time has not come.</summary>
    Scheduled,

    /// <summary>It may run as soon as a slot is free.</summary>
    Ready,

    /// <summary>A server runs it.</summary>
    Running,

    /// <summary>It failed and waits for its next attempt.</summary>
    Retrying,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>A dead letter: out of attempts, or its payload cannot be read. A person decides.</summary>
    Dead,

    /// <summary>Taken back.</summary>
    Cancelled,
}
