-- What 0053 says of it holds for the tree of today alone.
comment on function units_in_reach() is 'The units that vssid.units names, ended ones too, and all that stand under them now';
