namespace Platform.Storage.Sqlite;

/// <summary>The steps of a <see cref="WriteBatch"/> as work for the <see cref="Writer"/>.</summary>
internal static class BatchStep
{
    /// <summary>An expectation of the batch did not hold; takes back all of it.</summary>
    public sealed class Unmet : Exception;

    public static Func<Session, bool> Of(IWriteStep step, Table table) =>
        (Func<Session, bool>)typeof(BatchStep).GetMethod(nameof(Make), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(step.Type).CreateDelegate<Func<IWriteStep, Table, Func<Session, bool>>>()(step, table);

    public static bool RunAll(IReadOnlyList<Func<Session, bool>> steps, Session session) => steps.All(step => step(session)) ? true : throw new Unmet();

    private static Func<Session, bool> Make<T>(IWriteStep step, Table table) where T : Document
    {
        var writes = new Writes<T>(Scope.Of(table, step.Caller));
        switch (step)
        {
            case InsertStep<T> insert: var add = writes.Insert(insert.Document); return session => add(session) is not null;
            case ReplaceStep<T> replace: var put = writes.Replace(replace.Document); return session => put(session) is not null;
            case DeleteStep<T> delete: return writes.Delete(delete.Id);
            case UpdateStep<T> update: var change = writes.Claim(update.Filter, null, 1, update.Update); return session => change(session).Count == 1 || !update.Required;
            default: throw new NotSupportedException($"a batch cannot hold {step.GetType().Name}");
        }
    }
}
