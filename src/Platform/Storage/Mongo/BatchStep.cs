using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>The steps of a <see cref="WriteBatch"/> as work inside a transaction.</summary>
internal static class BatchStep
{
    /// <summary>An expectation of the batch did not hold; takes back all of it.</summary>
    public sealed class Unmet : Exception;

    public static Func<Connection, SessionHandle?, bool> Of(IWriteStep step, Shelf shelf)
    {
        var make = typeof(BatchStep).GetMethod(nameof(Make), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(step.Type);
        var run = make.CreateDelegate<Func<IWriteStep, Shelf, Func<Connection, SessionHandle?, bool>>>()(step, shelf);
        return (connection, session) =>
        {
            try { return run(connection, session); }
            catch (MongoFailure failure) when (failure.IsDuplicate) { throw failure.ForCaller(shelf.Name); }
        };
    }

    public static bool RunAll(IReadOnlyList<Func<Connection, SessionHandle?, bool>> steps, Connection connection, SessionHandle? session) =>
        steps.All(step => step(connection, session)) ? true : throw new Unmet();

    private static Func<Connection, SessionHandle?, bool> Make<T>(IWriteStep step, Shelf shelf) where T : Document
    {
        var writes = new Writes<T>(Scope.Of(shelf, step.Caller));
        switch (step)
        {
            case InsertStep<T> insert: var add = writes.Insert(insert.Document); return (connection, session) => add(connection, session) is not null;
            case ReplaceStep<T> replace: var put = writes.Replace(replace.Document); return (connection, session) => put(connection, session) is not null;
            case DeleteStep<T> delete: return writes.Delete(delete.Id);
            case UpdateStep<T> update: var change = writes.UpdateOne(update.Filter, null, update.Update); return (connection, session) => change(connection, session) is not null || !update.Required;
            default: throw new NotSupportedException($"a batch cannot hold {step.GetType().Name}");
        }
    }
}
