namespace Platform.Ui.Parts;

/// <summary>Ties a control to its field's label, hint and error.</summary>
public sealed record FieldControl(string Id, bool HasHint, bool HasError)
{
    /// <summary>id, aria-describedby and aria-invalid, to be splatted on the control.</summary>
    public IReadOnlyDictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object> { ["id"] = Id };
            var described = string.Join(' ', new[] { HasError ? $"{Id}-error" : null, HasHint ? $"{Id}-hint" : null }.OfType<string>());
            if (described.Length > 0) { attributes["aria-describedby"] = described; }
            if (HasError) { attributes["aria-invalid"] = "true"; }
            return attributes;
        }
    }
}
