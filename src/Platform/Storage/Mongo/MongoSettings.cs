using Microsoft.Extensions.Options;

namespace Platform.Storage.Mongo;

/// <summary>Looks at the settings of this engine where it is chosen; every mistake at once.</summary>
internal sealed class MongoSettings : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options.Engine != StorageEngine.Mongo) { return ValidateOptionsResult.Success; }
        var mistakes = MongoAddress.Mistakes(options).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
